using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Win32.SafeHandles;

namespace OneFichier.Gateways;

/// <summary>
/// The body of an upload, taken in whole before anything is done with it: a cut upload leaves no trace. Small ones wait in memory, others in a file without a name, which is gone with
/// the process whatever ends it. It can be read any number of times.
/// </summary>
internal sealed class BodySpool : IAsyncDisposable
{
    private readonly byte[] _small;
    private readonly SafeFileHandle? _file;

    private BodySpool(byte[] small, SafeFileHandle? file, long length) => (_small, _file, Length) = (small, file, length);

    public long Length { get; }

    /// <summary>Whether a body came, without keeping it.</summary>
    public static async Task<bool> HasBodyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        request.ContentLength is { } stated ? stated > 0 : await request.Body.ReadAsync(new byte[1], cancellationToken) > 0;

    /// <summary>Takes in the body of a request.</summary>
    /// <param name="request">The request; a body of more than <see cref="BodyRoom.Longest"/> is refused with 413.</param>
    /// <param name="room">Where it waits.</param>
    /// <param name="through">Put around the body, to see its bytes as they come; default nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<BodySpool> ReceiveAsync(HttpRequest request, BodyRoom room, Func<Stream, Stream>? through = null, CancellationToken cancellationToken = default)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = room.Longest;
        return ReceiveAsync(through?.Invoke(request.Body) ?? request.Body, room, cancellationToken);
    }

    /// <summary>Takes in a stream to its end.</summary>
    public static async Task<BodySpool> ReceiveAsync(Stream body, BodyRoom room, CancellationToken cancellationToken)
    {
        var first = new byte[room.InMemory + 1];
        var read = await body.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
        return read < first.Length ? new BodySpool(first[..read], null, read) : await OnDiskAsync(first, body, room.Folder, cancellationToken);
    }

    public Stream Open() => _file is null ? new MemoryStream(_small, writable: false) : new HandleStream(_file, Length);

    public ValueTask DisposeAsync()
    {
        _file?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<BodySpool> OnDiskAsync(byte[] first, Stream rest, string folder, CancellationToken cancellationToken)
    {
        var file = Nameless(folder);
        try
        {
            long length = 0;
            var buffer = first;
            for (var count = first.Length; count > 0; count = await rest.ReadAsync(buffer, cancellationToken))
            {
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, count), length, cancellationToken);
                length += count;
            }

            return new BodySpool([], file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static SafeFileHandle Nameless(string folder)
    {
        var path = Path.Join(folder, $"fichier-body-{Guid.NewGuid():N}");
        var deleteOnClose = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        using var made = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | deleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}

/// <summary>Where bodies wait.</summary>
/// <param name="Folder">The folder on the disk.</param>
/// <param name="InMemory">Bodies up to this many bytes wait in memory instead.</param>
/// <param name="Longest">The most bytes a body may have; <see langword="null"/> for no end.</param>
internal sealed record BodyRoom(string Folder, int InMemory, long? Longest = null);

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Win32.SafeHandles;

namespace OneFichier.Gateways;

/// <summary>Where uploads wait until they are whole.</summary>
/// <param name="Folder">The folder for those that wait on the disk.</param>
/// <param name="InMemory">Up to how many bytes they wait in memory instead.</param>
internal sealed record SpoolPlace(string Folder, int InMemory);

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

    /// <summary>Takes the whole body of a request, of any length.</summary>
    public static Task<BodySpool> ReceiveAsync(HttpRequest request, SpoolPlace place, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        return ReceiveAsync(request.Body, place, cancellationToken);
    }

    /// <summary>Takes a stream to its end.</summary>
    public static async Task<BodySpool> ReceiveAsync(Stream body, SpoolPlace place, CancellationToken cancellationToken)
    {
        var first = new byte[place.InMemory + 1];
        var read = await body.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
        return read < first.Length ? new BodySpool(first[..read], null, read) : await OnDiskAsync(first, body, place.Folder, cancellationToken);
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
        var path = Path.Join(folder, $"fichier-upload-{Guid.NewGuid():N}");
        var deleteOnClose = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        using var made = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | deleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}

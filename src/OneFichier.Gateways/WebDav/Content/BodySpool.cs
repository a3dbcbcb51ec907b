using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Win32.SafeHandles;

namespace OneFichier.Gateways.WebDav;

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
    public static async Task<bool> HasBodyAsync(DavRequest request, CancellationToken cancellationToken) =>
        request.Context.Request.ContentLength is { } stated ? stated > 0 : await request.Context.Request.Body.ReadAsync(new byte[1], cancellationToken) > 0;

    public static async Task<BodySpool> ReceiveAsync(DavRequest request, CancellationToken cancellationToken)
    {
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var options = request.State.Options;
        var body = request.Context.Request.Body;
        var first = new byte[options.SpoolInMemory + 1];
        var read = await body.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
        return read < first.Length
            ? new BodySpool(first[..read], null, read)
            : await OnDiskAsync(first, body, options.SpoolFolder, cancellationToken);
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
        var path = Path.Join(folder, $"fichier-webdav-{Guid.NewGuid():N}");
        var deleteOnClose = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        using var made = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | deleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}

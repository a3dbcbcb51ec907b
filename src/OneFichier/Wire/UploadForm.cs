using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace OneFichier.Wire;

/// <summary>
/// The multipart form of <c>upload.cgi</c>, streamed, in the shape the nodes accept (1fichier-api §3.3): unquoted boundary, quoted names in raw UTF-8,
/// Content-Disposition first in every part, no header but that on plain fields, Content-Length of the whole.
/// </summary>
internal sealed class UploadForm : HttpContent
{
    private const int BufferSize = 256 * 1024;

    private readonly string _boundary = "----fichier" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly byte[] _fields;
    private readonly IReadOnlyList<(byte[] Header, UploadFile File)> _parts;
    private readonly byte[] _end;
    private readonly Action<long>? _progress;

    public UploadForm(IEnumerable<(string Name, string Value)> fields, IEnumerable<(string StoredName, UploadFile File)> files, Action<long>? progress)
    {
        _fields = Encoding.UTF8.GetBytes(string.Concat(fields.Select(Field)));
        _parts = [.. files.Select(f => (Encoding.UTF8.GetBytes(PartHeader(f.StoredName)), f.File))];
        _end = Encoding.UTF8.GetBytes($"--{_boundary}--\r\n");
        _progress = progress;
        Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={_boundary}");
    }

    /// <summary>Which file could not be read, and why; the connection wraps the exception in its own.</summary>
    public (string FileName, string Problem)? SourceFailure { get; private set; }

    /// <summary>Whether the last byte of the body was handed to the connection; before that the node cannot have accepted it.</summary>
    public bool SentWhole { get; private set; }

    /// <summary>Called when it was.</summary>
    public Action? WhenSent { get; init; }

    /// <summary>Asked before the end of the form leaves, without which the node has nothing; false breaks off.</summary>
    public Func<bool> MayEnd { get; init; } = () => true;

    protected override bool TryComputeLength(out long length)
    {
        length = _fields.Length + _end.Length + _parts.Sum(p => p.Header.Length + p.File.Length + 2);
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_fields, cancellationToken).ConfigureAwait(false);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            foreach (var (header, file) in _parts)
            {
                await stream.WriteAsync(header, cancellationToken).ConfigureAwait(false);
                await CopyAsync(file, stream, buffer, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }

        if (!MayEnd())
        {
            throw new OperationCanceledException(cancellationToken);
        }

        await stream.WriteAsync(_end, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        SentWhole = true;
        WhenSent?.Invoke();
    }

    private async Task CopyAsync(UploadFile file, Stream target, byte[] buffer, CancellationToken cancellationToken)
    {
        var source = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            var left = file.Length;
            while (left > 0)
            {
                var read = await ReadAsync(file, source, buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken).ConfigureAwait(false);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                left -= read;
                _progress?.Invoke(read);
            }
        }
    }

    private async Task<Stream> OpenAsync(UploadFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await file.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Failed(file, "cannot be opened: " + e.Message);
        }
    }

    private async Task<int> ReadAsync(UploadFile file, Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return read > 0 ? read : throw Failed(file, "became shorter while it was being sent");
        }
        catch (Exception e) when (e is not OperationCanceledException and not FichierSourceException)
        {
            throw Failed(file, "cannot be read: " + e.Message);
        }
    }

    private FichierSourceException Failed(UploadFile file, string problem)
    {
        SourceFailure = (file.Name, problem);
        return new FichierSourceException(file.Name, problem);
    }

    private string Field((string Name, string Value) field) =>
        $"--{_boundary}\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n";

    private string PartHeader(string storedName) =>
        $"--{_boundary}\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"{Quoted(storedName)}\"\r\nContent-Type: application/octet-stream\r\n\r\n";

    private static string Quoted(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}

using OneFichier.Transfers;

namespace OneFichier;

/// <summary>A file of the service, or a part of one, as a seekable stream. Reads are checked for length, not for content: only a whole download is proven by checksum.</summary>
public sealed class RemoteStream : Stream
{
    private const int Attempts = 5;

    private readonly DownloadClient _downloads;
    private readonly LinkKeeper _links;
    private readonly FichierOptions _options;
    private readonly long _start;
    private readonly long _size;
    private DirectBody? _body;
    private long _bodyAt;
    private long _position;

    internal RemoteStream(DownloadClient downloads, LinkKeeper links, (long Start, long Length, long Size) part, FichierOptions options) =>
        (_downloads, _links, _start, Length, _size, _options) = (downloads, links, part.Start, part.Length, part.Size, options);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.Length == 0)
        {
            return 0;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var read = await OnceAsync(buffer, cancellationToken).ConfigureAwait(false);
                (_position, _bodyAt) = (_position + read, _bodyAt + read);
                return read;
            }
            catch (FichierException e) when (attempt < Attempts && e is FichierUnavailableException or FichierProtocolException)
            {
                await CloseAsync().ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)), _options.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("The stream is read only.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is read only.");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body?.Stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> OnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_bodyAt != _position)
        {
            await CloseAsync().ConfigureAwait(false);
        }

        var link = _body is null ? await _links.GetAsync(cancellationToken).ConfigureAwait(false) : null;
        using var timeout = new CancellationTokenSource(_options.StallTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            _body ??= await OpenAsync(link!, either.Token).ConfigureAwait(false);
            return await _body.Stream.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (FichierProtocolException) when (link is not null)
        {
            _links.Drop(link);
            throw;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FichierUnavailableException("The download stood still.", e);
        }
    }

    private async Task<DirectBody> OpenAsync(DirectLink link, CancellationToken cancellationToken)
    {
        var body = await _downloads.OpenAsync(link, _start + _position, Length - _position, cancellationToken).ConfigureAwait(false);
        if (body.TotalSize is { } total && total != _size)
        {
            await body.DisposeAsync().ConfigureAwait(false);
            throw new FichierIntegrityException($"The service offers {total} bytes where the listing states {_size}.") { Remedy = "The file may have been replaced: list the folder again." };
        }

        _bodyAt = _position;
        return body;
    }

    private async ValueTask CloseAsync()
    {
        if (_body is { } body)
        {
            _body = null;
            await body.DisposeAsync().ConfigureAwait(false);
        }
    }
}

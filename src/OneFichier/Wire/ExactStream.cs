namespace OneFichier.Wire;

/// <summary>Skips what was not asked for, ends after what was, and throws where the body ends before it.</summary>
internal sealed class ExactStream(Stream inner, long skip, long? length) : ForwardStream(inner)
{
    private long _skip = skip;
    private long _left = length ?? long.MaxValue;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_skip > 0)
        {
            var skipped = await InnerAsync(buffer[..(int)Math.Min(buffer.Length, _skip)], cancellationToken).ConfigureAwait(false);
            _skip -= skipped > 0 ? skipped : throw Short();
        }

        if (_left == 0 || buffer.Length == 0)
        {
            return 0;
        }

        var read = await InnerAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken).ConfigureAwait(false);
        if (read == 0 && length is not null)
        {
            throw Short();
        }

        _left -= read;
        return read;
    }

    private async ValueTask<int> InnerAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            FichierMetrics.CountReceived(read);
            return read;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new FichierUnavailableException($"The download broke off: {e.Message}", e);
        }
    }

    private static FichierUnavailableException Short() => new("The download ended before all bytes had come.");
}

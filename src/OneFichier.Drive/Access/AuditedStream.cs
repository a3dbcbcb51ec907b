namespace OneFichier.Drive.Access;

/// <summary>Counts what is read and puts it on record when it is closed.</summary>
internal sealed class AuditedStream : ForwardStream
{
    private readonly AuditTrail _trail;
    private readonly VolumePath _path;
    private long _bytes;
    private Exception? _error;
    private int _closed;

    private AuditedStream(Stream inner, AuditTrail trail, VolumePath path) : base(inner) => (_trail, _path) = (trail, path);

    public static async Task<Stream> OpenAsync(AuditTrail trail, VolumePath path, Func<Task<Stream>> open)
    {
        var inner = await trail.OneAsync(AccessVerb.Open, path, open);
        return new AuditedStream(inner, trail, path);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken);
            _bytes += read;
            return read;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _error = e;
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        var isFirst = Interlocked.Exchange(ref _closed, 1) == 0;
        await base.DisposeAsync();
        if (isFirst)
            await _trail.WriteAsync(Summary());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Interlocked.Exchange(ref _closed, 1) == 0)
            _trail.WriteAsync(Summary()).AsTask().GetAwaiter().GetResult();
    }

    private AccessRecord Summary() => AuditTrail.Ended(_trail.Of(AccessVerb.Read, _path), _error) with { Bytes = _bytes };
}

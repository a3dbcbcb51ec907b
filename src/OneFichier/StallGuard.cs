namespace OneFichier;

/// <summary>Cancels a transfer in which nothing has moved for the time the options allow.</summary>
internal sealed class StallGuard : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly TimeProvider _time;
    private TimeSpan _limit;
    private long _lastMove;

    public StallGuard(FichierOptions options, CancellationToken cancellationToken)
    {
        (_time, _limit) = (options.Time, options.StallTimeout);
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _lastMove = _time.GetTimestamp();
        _timer = _time.CreateTimer(_ => Look(), null, _limit, _limit / 4);
    }

    public CancellationToken Token => _source.Token;

    public void Moved() => Volatile.Write(ref _lastMove, _time.GetTimestamp());

    /// <summary>What follows may take as long as it likes, until the next <see cref="Moved"/>.</summary>
    public void Hold() => Volatile.Write(ref _lastMove, long.MaxValue);

    /// <summary>From now on at least this long may pass without a move.</summary>
    public void Allow(TimeSpan limit)
    {
        _limit = limit > _limit ? limit : _limit;
        Moved();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Look()
    {
        if (Volatile.Read(ref _lastMove) is var last && last != long.MaxValue && _time.GetElapsedTime(last) >= _limit)
        {
            try
            {
                _source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                _timer.Dispose();
            }
        }
    }
}

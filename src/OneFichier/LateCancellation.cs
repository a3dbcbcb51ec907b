namespace OneFichier;

/// <summary>
/// A cancellation that strikes at once before a point of no return, and after it only once what was begun has had time to end: whoever cancels then learns what became of it.
/// </summary>
internal sealed class LateCancellation : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationToken _asked;
    private readonly CancellationTokenRegistration _registration;
    private readonly TimeProvider _time;
    private readonly Action? _late;
    private ITimer? _timer;
    private bool _committed;

    /// <summary>Whether the point of no return is passed.</summary>
    public bool IsCommitted
    {
        get
        {
            lock (_gate)
            {
                return _committed;
            }
        }
    }

    /// <param name="time">The clock.</param>
    /// <param name="late">Called when the end of what was begun is waited for.</param>
    /// <param name="asked">What is asked for.</param>
    public LateCancellation(TimeProvider time, Action? late, CancellationToken asked)
    {
        (_asked, _time, _late) = (asked, time, late);
        _registration = asked.Register(OnAsked);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Passes the point of no return.</summary>
    /// <returns>Whether it may be passed: not once cancellation was asked for.</returns>
    public bool TryCommit()
    {
        lock (_gate)
        {
            return _committed |= !_asked.IsCancellationRequested;
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
        _source.Dispose();
    }

    private void OnAsked()
    {
        if (IsCommitted)
        {
            _late?.Invoke();
            _timer = _time.CreateTimer(_ => Strike(), null, Patience, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _source.Cancel();
        }
    }

    private void Strike()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }
    }
}

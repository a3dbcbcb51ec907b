using OneFichier.Drive.Access;

namespace OneFichier.Server.Tokens;

/// <summary>The bytes of one token in this process.</summary>
internal sealed class TokenMeter(long? budget, UsageDocument kept, Action<bool> changed) : IByteMeter
{
    private const long Much = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private (long Up, long Down) _kept = (kept.Up, kept.Down);
    private (long Up, long Down) _pending;

    /// <summary>What is counted and not written.</summary>
    public (long Up, long Down) Pending
    {
        get
        {
            lock (_gate)
                return _pending;
        }
    }

    public long Take(ByteFlow flow, long wanted)
    {
        long taken;
        bool much;
        lock (_gate)
        {
            var left = budget - _kept.Up - _kept.Down - _pending.Up - _pending.Down;
            taken = Math.Clamp(wanted, 0, Math.Max(0, left ?? long.MaxValue));
            Add(flow, taken);
            much = _pending.Up + _pending.Down >= Much;
        }

        if (taken > 0)
            changed(much);
        return taken;
    }

    public void GiveBack(ByteFlow flow, long bytes)
    {
        lock (_gate)
            Add(flow, -bytes);
    }

    /// <summary>So much of what was pending is written, and the files' sums are these.</summary>
    public void Kept((long Up, long Down) written, (long Up, long Down) sums)
    {
        lock (_gate)
            (_pending, _kept) = ((_pending.Up - written.Up, _pending.Down - written.Down), sums);
    }

    private void Add(ByteFlow flow, long bytes) =>
        _pending = flow == ByteFlow.Up ? (_pending.Up + bytes, _pending.Down) : (_pending.Up, _pending.Down + bytes);
}

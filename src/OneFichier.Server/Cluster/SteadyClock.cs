using System.Runtime.InteropServices;

namespace OneFichier.Server.Cluster;

/// <summary>
/// A steady clock made of the database's calendar, which all nodes read, and of what this node knows by its own steady clock about how much time can have passed. It never
/// goes back. A calendar that is set forth or back is noticed by every node that had read it before.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    // Two good quartz clocks differ by less than a tenth of this.
    private const double Drift = 0.001;

    private static readonly TimeSpan s_grain = TimeSpan.FromMilliseconds(50);

    private Known? _last;

    /// <summary>The steady time of a reading.</summary>
    /// <param name="written">The steady time and the calendar as they were last written down, by whatever node.</param>
    /// <param name="calendar">What the database says now.</param>
    /// <param name="before">This node's timestamp before it asked.</param>
    /// <param name="after">And after the answer.</param>
    public ClockReading Read(ClockReading written, DateTimeOffset calendar, long before, long after)
    {
        var passed = calendar - written.Calendar;
        var elapsed = written.Elapsed + (passed > TimeSpan.Zero ? passed : TimeSpan.Zero);
        if (_last is { } last)
        {
            var least = last.Elapsed + (time.GetElapsedTime(last.After, before) * (1 - Drift)) - s_grain;
            var most = last.Elapsed + (time.GetElapsedTime(last.Before, after) * (1 + Drift)) + s_grain;
            elapsed = elapsed < least ? least : elapsed > most ? most : elapsed;
        }

        elapsed = elapsed < written.Elapsed ? written.Elapsed : elapsed;
        _last = new(elapsed, before, after);
        return new(elapsed, calendar);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Known(TimeSpan Elapsed, long Before, long After);
}

/// <summary>A moment on the steady clock, and what the calendar showed.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClockReading(TimeSpan Elapsed, DateTimeOffset Calendar)
{
    /// <summary>Whether the calendar alone, with what was written before, would give another steady time to those who know nothing else.</summary>
    public bool WasCorrectedSince(ClockReading written) => (Elapsed - written.Elapsed) != (Calendar - written.Calendar);
}

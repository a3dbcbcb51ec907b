namespace OneFichier.Governor;

/// <summary>The complaints of the service: who pauses until when, who may try first, and how much slower things go for a while.</summary>
internal sealed class LockTable(BookDocument document)
{
    public const double MaxSlowness = 4;

    private const double SlowerByFlood = 1.5;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_probePoll = TimeSpan.FromSeconds(1);

    public double SlownessAt(TimeSpan now) => document.Slow is not { } slow
        ? 1
        : 1 + ((slow.Factor - 1) * Math.Clamp(1 - ((now - slow.Since) / s_memory), 0, 1));

    /// <summary>The lock that keeps the endpoint back longest; <see langword="null"/> as endpoint stands for calls of every kind.</summary>
    public BudgetRefusal? Refusal(string? endpoint, BudgetInstant now) => Concerning(endpoint)
        .Where(l => now.Elapsed < l.Until || l.Probe is not null)
        .Select(l => ToRefusal(l, now))
        .MaxBy(r => r.NotBefore);

    public DateTimeOffset? LockedUntil(BudgetRule rule, BudgetInstant now) =>
        Locked(rule).Where(l => l.Until > now.Elapsed).Select(l => (DateTimeOffset?)now.ToWall(l.Until)).Max();

    public IEnumerable<BudgetLockState> Describe(BudgetInstant now) =>
        Held().Select(l => new BudgetLockState(l.Cause, now.ToWall(l.Until), l.Endpoints, l.Strikes, l.Probe is not null));

    /// <summary>Makes a call the probe of every lock that has run out and concerns it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool StartProbe(string endpoint, long id) => Replace(l => !l.Over && Concerns(l, endpoint), l => l with { Probe = id });

    /// <summary>A probe that came back without a complaint ends its locks.</summary>
    public void Complete(long id, BudgetOutcome outcome)
    {
        if (outcome.WasSent)
            Replace(l => l.Probe == id, l => l with { Probe = null, Over = true });
        else
            Release(id);
    }

    /// <summary>A probe that nobody will answer for leaves its locks to the next.</summary>
    public void Release(long id) => Replace(l => l.Probe == id, l => l with { Probe = null });

    public void Complain(FloodNotice flood, TimeSpan sentAt, TimeSpan now)
    {
        var last = document.Locks.Find(l => l.Endpoints.SequenceEqual(flood.Endpoints));
        var sameBurst = last is { Over: false } && sentAt <= last.Since;
        var strikes = sameBurst ? last!.Strikes : last is not null && now - last.Until < s_memory ? last.Strikes + 1 : 1;
        var until = now + (sameBurst ? flood.Pause : Grown(flood.Pause, strikes));
        document.Locks.Remove(last!);
        document.Locks.Add(sameBurst
            ? last! with { Until = until > last.Until ? until : last.Until }
            : new(flood.Text, [.. flood.Endpoints], now, until, strikes));
        if (flood.Endpoints.Count == 0)
            document.Slow = new(sameBurst ? document.Slow?.Factor ?? SlowerByFlood : Math.Min(MaxSlowness, SlownessAt(now) * SlowerByFlood), until);
    }

    public bool Prune(TimeSpan now)
    {
        var faded = document.Slow is not null && now - document.Slow.Since > s_memory;
        if (faded)
            document.Slow = null;
        return document.Locks.RemoveAll(l => l.Over && now - l.Until > s_memory) > 0 || faded;
    }

    private static TimeSpan Grown(TimeSpan pause, int strikes)
    {
        var grown = pause * Math.Pow(2, Math.Min(strikes, 20) - 1);
        return grown < s_longestPause ? grown : pause > s_longestPause ? pause : s_longestPause;
    }

    private static bool Concerns(HeldLock held, string endpoint) =>
        held.Endpoints.Length == 0 || held.Endpoints.Contains(endpoint, StringComparer.Ordinal);

    private static BudgetRefusal ToRefusal(HeldLock held, BudgetInstant now)
    {
        var paused = now.Elapsed < held.Until;
        var notBefore = paused ? held.Until : now.Elapsed + s_probePoll;
        return new(paused ? BudgetReason.Lock : BudgetReason.Probe, notBefore, now.ToWall(notBefore), paused
            ? $"the service said \"{held.Cause}\""
            : $"the service said \"{held.Cause}\", and one call is out to see whether that is over")
        {
            ConcernsEverything = held.Endpoints.Length == 0,
            ServiceText = held.Cause,
        };
    }

    private IEnumerable<HeldLock> Held() => document.Locks.Where(l => !l.Over);

    private IEnumerable<HeldLock> Concerning(string? endpoint) =>
        Held().Where(l => endpoint is null ? l.Endpoints.Length == 0 : Concerns(l, endpoint));

    private IEnumerable<HeldLock> Locked(BudgetRule rule) =>
        Held().Where(l => l.Endpoints.Length == 0 || (rule.Endpoints.Count > 0 && rule.Endpoints.All(e => Concerns(l, e))));

    private bool Replace(Func<HeldLock, bool> which, Func<HeldLock, HeldLock> with)
    {
        var any = false;
        for (var i = 0; i < document.Locks.Count; i++)
        {
            if (!which(document.Locks[i]))
                continue;
            document.Locks[i] = with(document.Locks[i]);
            any = true;
        }

        return any;
    }
}

namespace OneFichier.Governor;

/// <summary>Which places of which rules are taken, worked out from the calls of late.</summary>
internal sealed class SlotTable(IReadOnlyList<BudgetRule> rules, BookDocument document)
{
    private static readonly TimeSpan s_abandonedAfter = TimeSpan.FromHours(1);

    /// <summary>The rule that keeps such a call back longest, and until when; none when the call may go.</summary>
    public (BudgetRule? Rule, TimeSpan FreeAt) Obstacle(string endpoint, FolderId? folder, TimeSpan now, double slowness) =>
        Longest(rules.Where(r => r.Covers(endpoint, folder)), folder, now, slowness);

    /// <summary>The same for the rules that every call spends.</summary>
    public (BudgetRule? Rule, TimeSpan FreeAt) CommonObstacle(TimeSpan now, double slowness) =>
        Longest(rules.Where(r => r.CoversEverything), null, now, slowness);

    /// <summary>How far apart calls are at least when many wait.</summary>
    public TimeSpan Interval(double slowness) =>
        rules.Where(r => r.CoversEverything).Select(r => Window(r, slowness) / r.Limit).DefaultIfEmpty(TimeSpan.Zero).Max();

    public IEnumerable<BudgetRuleState> Describe(BudgetInstant now, double slowness, Func<BudgetRule, DateTimeOffset?> lockedUntil)
    {
        foreach (var rule in rules)
        {
            var purses = rule.PerFolder
                ? document.Spendings.Where(s => rule.Covers(s.Endpoint, s.FolderId)).Select(s => s.FolderId).Distinct().DefaultIfEmpty(null).ToList()
                : [rule.Folder];
            var freeAt = purses.Max(p => FreeAt(rule, p, now.Elapsed, slowness));
            yield return new(rule.Name, rule.Limit, Window(rule, slowness), purses.Max(p => Taken(rule, p, now.Elapsed, slowness).Count))
            {
                FreeAt = freeAt > now.Elapsed ? now.ToWall(freeAt) : null,
                LockedUntil = lockedUntil(rule),
            };
        }
    }

    /// <summary>Forgets calls that no rule asks about any more.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Prune(TimeSpan now)
    {
        foreach (var lost in document.Spendings.Where(s => s.End is null && now - s.Start > s_abandonedAfter))
            lost.End = lost.Start;
        if (document.BlankBefore is { } blank && rules.All(r => blank + Window(r, LockTable.MaxSlowness) <= now))
            document.BlankBefore = null;
        return document.Spendings.RemoveAll(s => s.End is not null
            && rules.All(r => !r.Covers(s.Endpoint, s.FolderId) || TakenUntil(r, s, now, LockTable.MaxSlowness) <= now)) > 0;
    }

    private static TimeSpan Window(BudgetRule rule, double slowness) => rule.Stretches ? rule.Window * slowness : rule.Window;

    private static TimeSpan TakenUntil(BudgetRule rule, Spending spending, TimeSpan now, double slowness) =>
        (rule.FromResponse ? spending.End ?? now : spending.Start) + Window(rule, slowness);

    private (BudgetRule? Rule, TimeSpan FreeAt) Longest(IEnumerable<BudgetRule> candidates, FolderId? folder, TimeSpan now, double slowness)
    {
        var longest = (Rule: (BudgetRule?)null, FreeAt: now);
        foreach (var rule in candidates)
        {
            var freeAt = FreeAt(rule, folder, now, slowness);
            longest = freeAt > longest.FreeAt ? (rule, freeAt) : longest;
        }

        return longest;
    }

    private TimeSpan FreeAt(BudgetRule rule, FolderId? folder, TimeSpan now, double slowness)
    {
        var taken = Taken(rule, folder, now, slowness);
        taken.Sort();
        var freeAt = taken.Count < rule.Limit ? now : taken[^rule.Limit];
        return document.BlankBefore is { } blank && blank + Window(rule, slowness) > freeAt ? blank + Window(rule, slowness) : freeAt;
    }

    private List<TimeSpan> Taken(BudgetRule rule, FolderId? folder, TimeSpan now, double slowness)
    {
        var taken = new List<TimeSpan>();
        foreach (var spending in document.Spendings)
        {
            if (rule.Covers(spending.Endpoint, spending.FolderId)
                && (!rule.PerFolder || (spending.FolderId ?? FolderId.Root) == (folder ?? FolderId.Root))
                && TakenUntil(rule, spending, now, slowness) is var until && until > now)
            {
                taken.Add(until);
            }
        }

        return taken;
    }
}

namespace OneFichier.Governor;

/// <summary>Who uses the budget, how much, and what they wait for.</summary>
internal sealed class UserTable(BookDocument document)
{
    private const int MostKept = 32;
    private static readonly TimeSpan s_stretch = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_lateForTurn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_silentWaiter = TimeSpan.FromMinutes(1);

    /// <summary>Calls of more weight that wait and come when their turn is; one that does not come loses its precedence.</summary>
    public IEnumerable<Waiting> WaitingBefore(CallPriority priority, TimeSpan now) =>
        document.Waiting.Where(w => w.Priority < priority && now - w.Until < s_lateForTurn);

    public User Of(BudgetOwner owner, TimeSpan now)
    {
        var user = document.Users.Find(u => u.Owner == owner);
        if (user is null)
            document.Users.Add(user = new(document.Users.Select(u => u.Key).DefaultIfEmpty(0).Max() + 1, owner));
        user.Seen = now;
        return user;
    }

    public User? With(int key) => document.Users.Find(u => u.Key == key);

    public static void Count(User user, TimeSpan now)
    {
        var start = new TimeSpan(now.Ticks - (now.Ticks % s_stretch.Ticks));
        var last = user.Tallies.LastOrDefault();
        if (last?.Start == start)
            user.Tallies[^1] = last with { Count = last.Count + 1 };
        else
            user.Tallies.Add(new(start, 1));
    }

    public IEnumerable<BudgetUser> Describe(BudgetInstant now) => document.Users.Select(u => new BudgetUser(
        u.Owner.Pid, u.Owner.Name, u.Tallies.Sum(t => t.Count), document.Spendings.Count(s => s.User == u.Key && s.End is null), now.ToWall(u.Seen)));

    public IEnumerable<BudgetWaiter> DescribeWaiting(BudgetInstant now) =>
        from w in document.Waiting
        let user = With(w.User)
        where user is not null
        select new BudgetWaiter(user.Owner.Pid, user.Owner.Name, w.Call, w.Count, now.ToWall(w.Until)) { Why = w.Why };

    /// <summary>Ends what users left undone that are no more: a call in flight counts as answered when it started, a waiting one as never made.</summary>
    /// <returns>The calls that were in flight.</returns>
    public List<long> Bury(Func<User, bool> isGone)
    {
        var gone = document.Users.Where(u => IsBusy(u) && isGone(u)).Select(u => u.Key).ToHashSet();
        if (gone.Count == 0)
            return [];
        var orphans = document.Spendings.Where(s => s.End is null && gone.Contains(s.User)).ToList();
        orphans.ForEach(s => s.End = s.Start);
        document.Waiting.RemoveAll(w => gone.Contains(w.User));
        return [.. orphans.Select(s => s.Id)];
    }

    public bool Prune(TimeSpan now)
    {
        var removed = document.Waiting.RemoveAll(w => now - w.Seen > s_silentWaiter) + document.Users.Sum(u => u.Tallies.RemoveAll(t => now - t.Start > s_hour));
        var idle = document.Users.Where(u => !IsBusy(u)).OrderByDescending(u => u.Seen).ToList();
        foreach (var user in idle.Where((u, i) => now - u.Seen > s_hour || i >= MostKept))
            removed += document.Users.Remove(user) ? 1 : 0;
        return removed > 0;
    }

    private bool IsBusy(User user) =>
        document.Waiting.Exists(w => w.User == user.Key) || document.Spendings.Exists(s => s.User == user.Key && s.End is null);
}

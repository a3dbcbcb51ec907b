namespace OneFichier.Governor;

/// <summary>The request budget at one moment: what <c>fichier quota</c> shows.</summary>
/// <param name="AsOf">The moment.</param>
/// <param name="Rules">Each rule and what is spent of it.</param>
/// <param name="Locks">The locks in force, or being probed.</param>
/// <param name="Users">The processes that spent something within the last hour.</param>
/// <param name="Waiting">The calls that wait, some of each process.</param>
public sealed record BudgetSnapshot(
    DateTimeOffset AsOf,
    IReadOnlyList<BudgetRuleState> Rules,
    IReadOnlyList<BudgetLockState> Locks,
    IReadOnlyList<BudgetUser> Users,
    IReadOnlyList<BudgetWaiter> Waiting)
{
    /// <summary>By how much the pace is slowed down after complaints; 1 when it is not.</summary>
    public double Slowness { get; init; } = 1;
}

/// <summary>One rule and what is spent of it.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Limit">How many calls a window may hold.</param>
/// <param name="Window">The window, with the present slowness.</param>
/// <param name="Used">How many places are taken; for a rule per folder, in the folder where it is most.</param>
public sealed record BudgetRuleState(string Name, int Limit, TimeSpan Window, int Used)
{
    /// <summary>When a call that is refused now can go at the earliest; for a rule per folder, in the folder that waits longest. <see langword="null"/>: now.</summary>
    public DateTimeOffset? FreeAt { get; init; }

    /// <summary>Until when a lock keeps such calls back; <see langword="null"/> without one.</summary>
    public DateTimeOffset? LockedUntil { get; init; }
}

/// <summary>A lock.</summary>
/// <param name="Cause">What the service said.</param>
/// <param name="Until">When one call goes out to see whether it has ended.</param>
/// <param name="Endpoints">What it keeps back; none means everything.</param>
/// <param name="Strikes">How many complaints in a row led to it.</param>
/// <param name="IsProbing">Whether that one call is out now.</param>
public sealed record BudgetLockState(string Cause, DateTimeOffset Until, IReadOnlyList<string> Endpoints, int Strikes, bool IsProbing);

/// <summary>A process that spent something.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Name">The name of its program.</param>
/// <param name="LastHour">How many calls it made within the last hour, to ten minutes.</param>
/// <param name="InFlight">How many of its calls are not answered yet.</param>
/// <param name="LastSeen">When it last had to do with the budget.</param>
public sealed record BudgetUser(int Pid, string Name, int LastHour, int InFlight, DateTimeOffset LastSeen);

/// <summary>A call that waits.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Name">The name of its program.</param>
/// <param name="Call">The first call of its kind there.</param>
/// <param name="Count">How many of the kind wait there.</param>
/// <param name="Until">Until when at least.</param>
public sealed record BudgetWaiter(int Pid, string Name, ApiCall Call, int Count, DateTimeOffset Until)
{
    /// <summary>The reason, for a person.</summary>
    public string Why { get; init; } = "";
}

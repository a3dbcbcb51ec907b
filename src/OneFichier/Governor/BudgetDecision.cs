using System.Diagnostics.CodeAnalysis;

namespace OneFichier.Governor;

/// <summary>What the book says to a call: go, or not before a certain time.</summary>
/// <param name="Permit">Set when the call may go.</param>
/// <param name="Refusal">Set when it may not.</param>
public readonly record struct BudgetDecision(BudgetPermit? Permit, BudgetRefusal? Refusal)
{
    /// <summary>Whether the call may go.</summary>
    [MemberNotNullWhen(true, nameof(Permit))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsGranted => Permit is not null;
}

/// <summary>Why a call may not go yet. The earliest time is a lower bound: asking sooner is useless, asking then may meet another refusal.</summary>
/// <param name="Reason">The kind of obstacle.</param>
/// <param name="NotBefore">The earliest time, on the ledger's steady clock.</param>
/// <param name="Until">The same by the calendar.</param>
/// <param name="Why">For a person, to follow "because" or a colon.</param>
public sealed record BudgetRefusal(BudgetReason Reason, TimeSpan NotBefore, DateTimeOffset Until, string Why)
{
    /// <summary>Whether every other call would be refused for the same reason.</summary>
    public bool ConcernsEverything { get; init; }

    /// <summary>What the service said, when a lock is the reason.</summary>
    public string? ServiceText { get; init; }

    internal static BudgetRefusal? Later(BudgetRefusal? one, BudgetRefusal? other) =>
        one is null || other?.NotBefore > one.NotBefore ? other : one;
}

/// <summary>The kinds of obstacles.</summary>
public enum BudgetReason
{
    /// <summary>A <see cref="BudgetRule"/> is spent.</summary>
    Rule,

    /// <summary>The service has complained, and the pause is not over.</summary>
    Lock,

    /// <summary>The pause is over, and one call is out to see whether the service agrees.</summary>
    Probe,

    /// <summary>A background call steps back for an interactive one.</summary>
    Courtesy,
}

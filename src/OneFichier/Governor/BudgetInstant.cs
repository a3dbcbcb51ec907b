using System.Runtime.InteropServices;

namespace OneFichier.Governor;

/// <summary>Now, as a ledger knows it.</summary>
/// <param name="Elapsed">On a steady clock that all users of the ledger share. Every decision is made on it.</param>
/// <param name="Wall">By the calendar; only to tell people when.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BudgetInstant(TimeSpan Elapsed, DateTimeOffset Wall)
{
    /// <summary>The calendar time of another moment of the steady clock.</summary>
    public DateTimeOffset ToWall(TimeSpan moment) => Wall + (moment - Elapsed);
}

namespace OneFichier.Governor;

/// <summary>Leave to send one request. Whoever holds one MUST complete it, whatever becomes of the request.</summary>
/// <param name="Id">Unique in its ledger.</param>
/// <param name="Call">The call it was given for.</param>
/// <param name="IsProbe">Whether it is the one call that finds out if a lock has ended; everybody else waits for its answer.</param>
public sealed record BudgetPermit(long Id, ApiCall Call, bool IsProbe);

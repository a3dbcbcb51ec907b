namespace OneFichier.Governor;

/// <summary>Tells that a call has to wait for longer than a moment, so that a program can say so.</summary>
/// <param name="Call">The call.</param>
/// <param name="Wait">How long at least.</param>
/// <param name="Until">Until when at least, in local time.</param>
/// <param name="Why">For a person, as <c>the service allows one listing of a folder per 30 s</c>.</param>
public sealed record BudgetWait(ApiCall Call, TimeSpan Wait, DateTimeOffset Until, string Why);

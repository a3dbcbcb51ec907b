namespace OneFichier;

/// <summary>Something a transfer reports while it goes on.</summary>
public abstract record TransferEvent;

/// <summary>Bytes of a file have moved.</summary>
/// <param name="Name">The file, as the caller named it.</param>
/// <param name="Done">Bytes done so far; falls back to less when an attempt is repeated.</param>
/// <param name="Total">Bytes in all.</param>
public sealed record TransferAdvanced(string Name, long Done, long Total) : TransferEvent;

/// <summary>A file is done and proven, or has failed for good.</summary>
/// <param name="Name">The file, as the caller named it.</param>
/// <param name="Error">Why it failed; <see langword="null"/> when it is done.</param>
public sealed record TransferEnded(string Name, Exception? Error) : TransferEvent;

/// <summary>Something the user should know that is no failure: a repeated attempt, a session that cannot end in time.</summary>
/// <param name="Text">A sentence.</param>
public sealed record TransferNotice(string Text) : TransferEvent;

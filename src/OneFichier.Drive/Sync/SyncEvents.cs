namespace OneFichier.Drive.Sync;

/// <summary>Something a run reports while it goes on. Paths are the destination's.</summary>
public abstract record SyncEvent;

/// <summary>The run begins.</summary>
/// <param name="Files">Files to transfer or copy.</param>
/// <param name="Bytes">Bytes to transfer.</param>
public sealed record SyncStarted(int Files, long Bytes) : SyncEvent;

/// <summary>A file begins to be transferred.</summary>
/// <param name="Path">The file.</param>
/// <param name="Size">Its bytes.</param>
public sealed record FileStarted(VolumePath Path, long Size) : SyncEvent;

/// <summary>Bytes of a file have moved.</summary>
/// <param name="Path">The file.</param>
/// <param name="Done">Bytes done so far; falls back to less when an attempt is repeated.</param>
/// <param name="Size">Its bytes.</param>
public sealed record FileAdvanced(VolumePath Path, long Done, long Size) : SyncEvent;

/// <summary>A file is transferred and proven.</summary>
/// <param name="Path">The file.</param>
/// <param name="Size">Its bytes.</param>
public sealed record FileTransferred(VolumePath Path, long Size) : SyncEvent;

/// <summary>Something could not be done.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Error">Why.</param>
public sealed record ItemFailed(VolumePath Path, Exception Error) : SyncEvent;

/// <summary>A file was copied without a transfer.</summary>
/// <param name="Path">The file.</param>
/// <param name="From">Where the content was; the root when that has no path.</param>
public sealed record FileCopied(VolumePath Path, VolumePath From) : SyncEvent;

/// <summary>A file was renamed in the destination.</summary>
/// <param name="From">Where it was.</param>
/// <param name="To">Where it is.</param>
public sealed record FileRenamed(VolumePath From, VolumePath To) : SyncEvent;

/// <summary>A file or folder was removed from the destination.</summary>
/// <param name="Path">Where it was.</param>
/// <param name="IsFolder">Whether it was a folder.</param>
public sealed record EntryRemoved(VolumePath Path, bool IsFolder) : SyncEvent;

/// <summary>A replaced or removed file was put aside.</summary>
/// <param name="Path">Where it was.</param>
/// <param name="Backup">Where it is, in the volume of the backups.</param>
public sealed record FileBackedUp(VolumePath Path, VolumePath Backup) : SyncEvent;

/// <summary>A move removed a file or folder of the source.</summary>
/// <param name="Path">Where it was in the source.</param>
/// <param name="IsFolder">Whether it was a folder.</param>
public sealed record SourceRemoved(VolumePath Path, bool IsFolder) : SyncEvent;

/// <summary>A modification time was set.</summary>
/// <param name="Path">The file.</param>
/// <param name="ModTime">The time.</param>
public sealed record TimeSet(VolumePath Path, DateTimeOffset ModTime) : SyncEvent;

/// <summary>Something was found otherwise than when the plan was made, and left alone.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Text">A sentence.</param>
public sealed record SurpriseFound(VolumePath Path, string Text) : SyncEvent;

/// <summary>Something the user should know that is no failure.</summary>
/// <param name="Text">A sentence.</param>
public sealed record SyncNotice(string Text) : SyncEvent;

/// <summary>How far the run is: at its start and end, when a file ends, and twice a second while bytes move.</summary>
/// <param name="Totals">How far it is.</param>
public sealed record TotalsChanged(RunTotals Totals) : SyncEvent;

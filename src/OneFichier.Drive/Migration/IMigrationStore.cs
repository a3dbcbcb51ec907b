namespace OneFichier.Drive.Migration;

/// <summary>What a migration is, besides its files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">The folder of the account it fills, as <c>1f:archive</c>.</param>
/// <param name="Sources">The sources, as the user wrote them.</param>
/// <param name="Created">When it was planned.</param>
public sealed record MigrationHead(string Name, string Target, IReadOnlyList<string> Sources, DateTimeOffset Created)
{
    /// <summary>Whether its plan is whole; one that was broken off is planned anew.</summary>
    public bool Ready { get; init; }

    /// <summary>Whether somebody has begun to carry it out.</summary>
    public bool Begun { get; init; }

    /// <summary>Whether its folders are made.</summary>
    public bool Prepared { get; init; }

    /// <summary>Folders that have to be made.</summary>
    public int NewFolders { get; init; }
}

/// <summary>How many files and bytes are in one state on one way.</summary>
public sealed record MigrationCount(MigrationWay Way, MigrationState State, MigrationProof Proof, int Files, long Bytes);

/// <summary>
/// Where migrations are kept: the manifest of each, what became of every file. Every call is whole or not at all, and any number of processes may use a store at once.
/// The format is written in docs/spec/migration.md.
/// </summary>
public interface IMigrationStore : IAsyncDisposable
{
    /// <summary>The migrations, by name.</summary>
    Task<IReadOnlyList<MigrationHead>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins a plan; what has the name and was never ready goes.</summary>
    Task BeginAsync(MigrationHead head, CancellationToken cancellationToken = default);

    /// <summary>Adds files to a plan that was begun.</summary>
    Task AddAsync(string name, IReadOnlyList<MigrationItem> items, CancellationToken cancellationToken = default);

    /// <summary>Adds slices, and writes the ways, slices and states of the files in them.</summary>
    Task DecideAsync(string name, IReadOnlyList<MigrationSlice> slices, IReadOnlyList<MigrationItem> items, CancellationToken cancellationToken = default);

    /// <summary>Declares the plan whole.</summary>
    Task ReadyAsync(string name, int newFolders, CancellationToken cancellationToken = default);

    /// <summary>Notes that it is being carried out, and opens what failed again.</summary>
    Task BeginRunAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Notes that the folders are made.</summary>
    Task PreparedAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The folders of a migration, in the order of their paths.</summary>
    Task<IReadOnlyList<VolumePath>> FoldersAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The files that go into a folder, in their order.</summary>
    Task<IReadOnlyList<MigrationItem>> FolderAsync(string name, VolumePath folder, CancellationToken cancellationToken = default);

    /// <summary>The slices, with open files or all, in their order.</summary>
    Task<IReadOnlyList<MigrationSlice>> SlicesAsync(string name, bool openOnly, CancellationToken cancellationToken = default);

    /// <summary>Notes that a slice is being worked on.</summary>
    /// <returns>Its files, and how often it was begun before.</returns>
    Task<(IReadOnlyList<MigrationItem> Items, int Before)> TakeAsync(string name, long slice, CancellationToken cancellationToken = default);

    /// <summary>Writes what became of files.</summary>
    Task RecordAsync(string name, IReadOnlyList<MigrationItem> items, CancellationToken cancellationToken = default);

    /// <summary>Opens what failed again, in a slice or in all.</summary>
    /// <returns>How many.</returns>
    Task<int> ReopenAsync(string name, long? slice = null, CancellationToken cancellationToken = default);

    /// <summary>How far it is.</summary>
    Task<IReadOnlyList<MigrationCount>> CountAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Every file, in the order of their numbers, a part at a time.</summary>
    IAsyncEnumerable<MigrationItem> ItemsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Forgets a migration.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default);
}

using OneFichier.Drive;

namespace OneFichier.Gateways.Strm;

/// <summary>
/// A folder of <c>.strm</c> files, one for each piece of music or film, that name the addresses of an HTTP gateway which stay (<c>/f/ID/NAME</c>): a media library that costs no room and
/// no request until something is played. Each run brings it in step: what is new is added, what changed is written again, what is gone is removed.
/// </summary>
/// <remarks>
/// What it wrote is on record in the folder (docs/spec/strm.md). A file that it did not write, or that somebody changed since, is never changed or removed, and other files are never touched.
/// A run killed at any point is made good by the next. One run at a time.
/// </remarks>
public sealed class StrmTree
{
    private readonly string _folder;
    private readonly StrmGateway _gateway;

    /// <summary>Uses a folder of the disk, which is made when there is something to write.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="gateway">Where the gateway is, as a player reaches it: <c>http://nas:8080</c>, with user and secret of a token where the player cannot be told them otherwise.</param>
    /// <exception cref="ArgumentException">The gateway is no http or https address, or has a query.</exception>
    public StrmTree(string folder, Uri gateway)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
        _gateway = new StrmGateway(gateway);
    }

    /// <summary>Whether a file is music or film.</summary>
    public static bool Plays(Entry file) => MediaTypes.IsPlayable(MediaTypes.Of(file));

    /// <summary>The address of a file; <see langword="null"/> when nothing of it stays.</summary>
    public static string? AddressOf(Uri gateway, Entry file) => new StrmGateway(gateway).AddressOf(file);

    /// <summary>Brings the folder in step.</summary>
    /// <param name="files">All that is to be there.</param>
    /// <param name="mayRemove">Whether what is not among them may be removed; false when not everything could be listed.</param>
    /// <param name="dryRun">Only say what would be done.</param>
    /// <param name="cancellationToken">Ends the run between two files.</param>
    /// <returns>What was done, and what was left alone or failed; nothing for files that are as they should be.</returns>
    /// <exception cref="IOException">The folder cannot be written, or another run is at work in it.</exception>
    /// <exception cref="InvalidDataException">The record cannot be read, or a newer program wrote it.</exception>
    public async Task<StrmResult> UpdateAsync(IReadOnlyCollection<StrmFile> files, bool mayRemove = true, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var wanted = StrmNames.Of(files, _gateway);
        if (dryRun)
            return new StrmUpdate(_folder, StrmRecord.Read(_folder), wanted) { MayRemove = mayRemove, IsPrivate = _gateway.IsPrivate }.Plan();
        if (wanted.Count > 0)
            Directory.CreateDirectory(_folder);
        if (!Directory.Exists(_folder))
            return new StrmResult([], 0);
        using var turn = StrmRecord.Lock(_folder);
        var update = new StrmUpdate(_folder, StrmRecord.Read(_folder), wanted) { MayRemove = mayRemove, IsPrivate = _gateway.IsPrivate };
        return await update.RunAsync(cancellationToken);
    }
}

/// <summary>A file to be played.</summary>
/// <param name="Path">Where it belongs below the folder, with its own ending, in names that are safe on this disk.</param>
/// <param name="Entry">What is known of it.</param>
public sealed record StrmFile(string Path, Entry Entry);

/// <summary>What came of a run.</summary>
/// <param name="Changes">What was done, left alone or failed, by path.</param>
/// <param name="Unchanged">How many files were as they should be.</param>
public sealed record StrmResult(IReadOnlyList<StrmChange> Changes, int Unchanged);

/// <summary>One file of a run.</summary>
/// <param name="Act">What was done.</param>
/// <param name="Path">Where, below the folder.</param>
/// <param name="Reason">Why it was left alone or failed.</param>
public sealed record StrmChange(StrmAct Act, string Path, string? Reason = null);

/// <summary>What is done to a <c>.strm</c> file.</summary>
public enum StrmAct
{
    /// <summary>Written where there was none.</summary>
    Added,

    /// <summary>Written again.</summary>
    Updated,

    /// <summary>Removed.</summary>
    Removed,

    /// <summary>Left as it is, because it is somebody else's.</summary>
    Kept,

    /// <summary>Could not be written or removed.</summary>
    Failed,
}

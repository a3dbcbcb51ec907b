using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Migration;

/// <summary>The folder of an account that a migration fills.</summary>
/// <param name="Volume">The account.</param>
/// <param name="Root">The folder.</param>
public sealed record MigrationTarget(RemoteVolume Volume, VolumePath Root = default)
{
    /// <summary>Where in the volume something of the migration goes.</summary>
    public VolumePath At(VolumePath below) => Root.Combine(below);

    /// <summary>The files that are in a folder, by name, as it was listed at an instant or later; nothing when it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="since">The instant.</param>
    /// <param name="despiteDoubt">Whether what this process itself has under way in the folder is no matter.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyDictionary<string, Entry>> FilesAsync(VolumePath folder, DateTimeOffset since, bool despiteDoubt, CancellationToken cancellationToken)
    {
        try
        {
            var view = await Volume.Tree.ListSinceAsync(Volume.At(At(folder)), since, despiteDoubt, cancellationToken);
            return view.Entries.Where(e => !e.IsFolder).ToDictionary(e => e.Name, Volume.EntryOf, StringComparer.Ordinal);
        }
        catch (PathNotFoundException)
        {
            return new Dictionary<string, Entry>(StringComparer.Ordinal);
        }
    }

    /// <summary>What is in a folder; <see langword="null"/> when it is not there.</summary>
    public async Task<FolderContents?> ListAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        try
        {
            var contents = await Volume.ListAsync(At(folder), cancellationToken);
            return contents.Failure is { } failure ? throw failure : contents;
        }
        catch (PathNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>How a migration is gone about. Immutable: change a copy by <c>with</c>.</summary>
public sealed record MigrationOptions
{
    /// <summary>Which files of the sources are taken, by their paths below them; default all.</summary>
    public Func<Entry, bool> Includes { get; init; } = _ => true;

    /// <summary>Files in a slice at most; default what an upload session takes.</summary>
    public int SliceFiles { get; init; } = UploadLimits.Files;

    /// <summary>Bytes carried in a slice at most, unless one file has more; default a gigabyte, which is what a death can cost.</summary>
    public long SliceBytes { get; init; } = 1L << 30;

    /// <summary>Slices at the same time; default 3.</summary>
    public int Parallel { get; init; } = 3;

    /// <summary>How often what failed is tried in one run; default 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Where contents of unknown length are kept for a moment; default the system's temporary folder.</summary>
    public string SpoolFolder { get; init; } = Path.GetTempPath();

    /// <summary>How long the service may take to fetch something before it is carried; default six hours.</summary>
    public TimeSpan FetchPatience { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Holds back what is carried: makes of a content one that is read no faster than it may be. Default full speed.</summary>
    public Func<Stream, Stream> Throttle { get; init; } = content => content;

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told what happens.</summary>
    public IProgress<MigrationEvent>? Progress { get; init; }

    /// <summary>Where warnings go; default nowhere.</summary>
    public ILogger? Logger { get; init; }
}

/// <summary>Something that happened in a migration.</summary>
public abstract record MigrationEvent;

/// <summary>Files of the sources were found.</summary>
public sealed record FilesFound(int Files, long Bytes) : MigrationEvent;

/// <summary>Bytes of files went through this machine.</summary>
public sealed record BytesCarried(long Bytes) : MigrationEvent;

/// <summary>A file has ended, one way or the other.</summary>
public sealed record ItemEnded(MigrationItem Item) : MigrationEvent
{
    /// <summary>Whether it failed by something that passes: the service or the network.</summary>
    public bool Passing { get; init; }
}

/// <summary>A file goes another way than planned.</summary>
public sealed record WayChanged(MigrationItem Item, string Why) : MigrationEvent;

/// <summary>A folder was looked at, to prove what is in it.</summary>
public sealed record FolderProven(VolumePath Folder, int Files) : MigrationEvent;

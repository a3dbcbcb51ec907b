namespace OneFichier.Drive.Sync;

/// <summary>The filter flags of a command as they were typed; names and meaning are rclone's (docs/spec/filters.md).</summary>
public sealed record FilterFlags
{
    /// <summary><c>--include</c>: globs to include; with any of them all else is excluded at the end.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary><c>--include-from</c>: files with one such glob a line.</summary>
    public IReadOnlyList<string> IncludeFrom { get; init; } = [];

    /// <summary><c>--exclude</c>: globs to exclude.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary><c>--exclude-from</c>: files with one such glob a line.</summary>
    public IReadOnlyList<string> ExcludeFrom { get; init; } = [];

    /// <summary><c>--filter</c>: rules as <c>+ glob</c>, <c>- glob</c>, or <c>!</c>.</summary>
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary><c>--filter-from</c>: files with one such rule a line.</summary>
    public IReadOnlyList<string> FilterFrom { get; init; } = [];

    /// <summary><c>--files-from</c>: files with the path of one file a line; empty lines and comments are skipped.</summary>
    public IReadOnlyList<string> FilesFrom { get; init; } = [];

    /// <summary><c>--files-from-raw</c>: the same, each line as it stands.</summary>
    public IReadOnlyList<string> FilesFromRaw { get; init; } = [];

    /// <summary><c>--min-size</c>: the fewest bytes, see <see cref="SizeSuffix"/>.</summary>
    public string? MinSize { get; init; }

    /// <summary><c>--max-size</c>: the most bytes.</summary>
    public string? MaxSize { get; init; }

    /// <summary><c>--min-age</c>: how long ago a file was last changed at least, or the latest date, see <see cref="AgeText"/>.</summary>
    public string? MinAge { get; init; }

    /// <summary><c>--max-age</c>: how long ago at most, or the earliest date.</summary>
    public string? MaxAge { get; init; }

    /// <summary><c>--ignore-case</c>: globs match whatever the case.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary><c>--exclude-if-present</c>: names of files; a folder that holds one is left out.</summary>
    public IReadOnlyList<string> ExcludeIfPresent { get; init; } = [];

    /// <summary><c>--max-depth</c>: how many levels take part; 1 is the root's own files. <see langword="null"/> for all.</summary>
    public int? MaxDepth { get; init; }
}

namespace OneFichier.Drive.Sync;

/// <summary>How two trees are checked against each other; names and meaning are rclone's.</summary>
public sealed record CheckOptions
{
    /// <summary>What takes part.</summary>
    public TreeFilter Filter { get; init; } = TreeFilter.Everything;

    /// <summary>Do not mind what only the destination has (<c>--one-way</c>).</summary>
    public bool OneWay { get; init; }

    /// <summary>Compare sizes alone (<c>--size-only</c>).</summary>
    public bool SizeOnly { get; init; }

    /// <summary>Read both files, whatever checksums are known (<c>--download</c>).</summary>
    public bool Download { get; init; }

    /// <summary>Take the remembered checksums of files that have changed neither size, time nor inode, and read the others; what rots without a trace goes unnoticed then.</summary>
    public bool Remembered { get; init; }
}

/// <summary>What a check says of a file.</summary>
public enum CheckResult
{
    /// <summary>Both sides have it, and nothing that could be compared differs.</summary>
    Same,

    /// <summary>The two differ.</summary>
    Differs,

    /// <summary>Only the destination has it.</summary>
    MissingOnSource,

    /// <summary>Only the source has it.</summary>
    MissingOnDestination,

    /// <summary>It could not be told.</summary>
    Failed,
}

/// <summary>A file, or a folder that could not be listed, after the check.</summary>
/// <param name="Path">Where it is, from the roots of the trees.</param>
/// <param name="Result">What came out.</param>
public sealed record CheckedFile(VolumePath Path, CheckResult Result)
{
    /// <summary>Why; <see langword="null"/> where the result says all.</summary>
    public string? Detail { get; init; }

    /// <summary>What was thrown.</summary>
    public Exception? Error { get; init; }

    /// <summary>Whether the contents were compared and not only the sizes.</summary>
    public bool Proven { get; init; }

    /// <summary>The sign of the result in rclone's <c>--combined</c>: = * - + !</summary>
    public char Sign => Result switch
    {
        CheckResult.Same => '=',
        CheckResult.Differs => '*',
        CheckResult.MissingOnSource => '-',
        CheckResult.MissingOnDestination => '+',
        _ => '!',
    };
}

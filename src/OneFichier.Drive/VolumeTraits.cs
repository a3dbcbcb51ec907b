namespace OneFichier.Drive;

/// <summary>Facts about a volume, for those who plan work on it.</summary>
public sealed record VolumeTraits
{
    /// <summary>Whether entries come with a Whirlpool checksum at no cost. Others may have <see cref="IContentHasher"/>.</summary>
    public bool Checksums { get; init; }

    /// <summary>The step of the modification times it keeps; <see langword="null"/> when it keeps none, and what entries show is the time of storing.</summary>
    public TimeSpan? ModTimePrecision { get; init; }

    /// <summary>How many files one <see cref="IVolume.PutAsync"/> should bring at most; 1 where nothing is gained by more.</summary>
    public int PutBatch { get; init; } = 1;

    /// <summary>Whether operations are paid for in requests of a scarce budget, and not only in time.</summary>
    public bool Metered { get; init; }

    /// <summary>Whether a change of a modification time alone can be recorded (see <see cref="IFileTimes"/>).</summary>
    public bool SetsTimes { get; init; }
}

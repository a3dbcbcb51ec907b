namespace OneFichier.Drive;

/// <summary>A file to be written.</summary>
/// <param name="Path">Where it will be.</param>
/// <param name="Length">Bytes; may be zero.</param>
/// <param name="OpenAsync">Opens the content from its first byte. May be called again when an attempt failed, and MUST then give the same bytes.</param>
public sealed record NewFile(VolumePath Path, long Length, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    /// <summary>When the content was last changed; kept where the volume can.</summary>
    public DateTimeOffset? ModTime { get; init; }

    /// <summary>The content's checksum where it is known already; what arrives is compared with it.</summary>
    public WhirlpoolHash? Checksum { get; init; }
}

/// <summary>How files are written.</summary>
public sealed record PutOptions
{
    /// <summary>Told what happens; the name in an event is the path in the volume that was called.</summary>
    public IProgress<TransferEvent>? Progress { get; init; }

    /// <summary>Leave a file of that name where it is, and fail the item with <see cref="NameTakenException"/>.</summary>
    public bool KeepExisting { get; init; }

    /// <summary>
    /// Whoever puts has looked at the folder before and proves afterwards what came: nothing is listed for it. What is remembered of the folder tells what is replaced, and that it is still there is not made sure of.
    /// </summary>
    public bool Trusting { get; init; }
}

/// <summary>A move of one entry.</summary>
/// <param name="From">Where it is.</param>
/// <param name="To">Where it will be.</param>
public sealed record VolumeMove(VolumePath From, VolumePath To);

/// <summary>What became of one item of a list.</summary>
/// <param name="Path">The item's path: of a move, where it was to go.</param>
public sealed record ItemResult(VolumePath Path)
{
    /// <summary>What is there now; <see langword="null"/> after a removal or a failure.</summary>
    public Entry? Entry { get; init; }

    /// <summary>Why it failed; <see langword="null"/> when it is done.</summary>
    public Exception? Error { get; init; }
}

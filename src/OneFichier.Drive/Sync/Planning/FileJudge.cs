namespace OneFichier.Drive.Sync;

/// <summary>What is to be done with a file that both sides have.</summary>
internal enum Verdict
{
    /// <summary>They are the same.</summary>
    Same,

    /// <summary>They are the same but for their modification times.</summary>
    OtherTime,

    /// <summary>They differ.</summary>
    Differs,

    /// <summary>It is not to be touched, whatever it is.</summary>
    Skipped,

    /// <summary>They look the same, which is too little to remove one of them.</summary>
    Unproven,

    /// <summary>Their checksums would tell.</summary>
    NeedsChecksums,
}

/// <summary>Tells whether two files are the same, as rclone does (docs/design/sync.md).</summary>
internal sealed class FileJudge
{
    private static readonly TimeSpan StoringPrecision = TimeSpan.FromSeconds(1);

    private readonly SyncOptions _options;
    private readonly TimeSpan? _window;

    public FileJudge(SyncOptions options, VolumeTraits source, VolumeTraits destination)
    {
        _options = options;
        if (source.ModTimePrecision is { } left && destination.ModTimePrecision is { } right)
            _window = options.ModifyWindow + (left > right ? left : right);
    }

    /// <summary>What follows from the size alone: a move removes one of the two files, so for that it is not enough.</summary>
    private Verdict SameSize => _options.Kind == SyncKind.Move ? Verdict.Unproven : Verdict.Same;

    /// <param name="source">The file that is wanted.</param>
    /// <param name="there">The file that is there.</param>
    /// <param name="final">Whether a checksum that is missing cannot be had.</param>
    public Verdict Judge(Entry source, Entry there, bool final)
    {
        if (_options.IgnoreExisting)
            return Verdict.Skipped;
        if (_options.Update && NewerBy(source, there) is { } newer)
            return Updated(source, there, newer, final);
        if (source.Size != there.Size)
            return Verdict.Differs;
        return _options.Compare switch
        {
            Comparison.Size => Verdict.Same,
            Comparison.Checksum => ByChecksum(source, there, final, unknown: SameSize),
            _ => ByTime(source, there, final),
        };
    }

    private Verdict ByTime(Entry source, Entry there, bool final)
    {
        if (_window is not { } window)
            return Untimed(source, there, final);
        if (source.ModTime is not { } wanted || there.ModTime is not { } has)
            return ByChecksum(source, there, final, unknown: SameSize);
        return (wanted - has).Duration() <= window ? Verdict.Same : Retimed(ByChecksum(source, there, final, unknown: Verdict.Differs));
    }

    /// <summary>With <c>--update</c> a file that is newer there stays; an older one is replaced unless it has the same content; at the same time the size decides, or the checksum if asked for.</summary>
    private Verdict Updated(Entry source, Entry there, TimeSpan newer, bool final)
    {
        var window = _window ?? StoringPrecision;
        if (newer > window)
            return Verdict.Skipped;
        if (source.Size != there.Size)
            return Verdict.Differs;
        if (newer < -window && _options.Compare != Comparison.Size)
            return Retimed(ByChecksum(source, there, final, unknown: Verdict.Differs));
        return _options.Compare switch
        {
            Comparison.Size => Verdict.Same,
            Comparison.SizeAndTime when SameSize == Verdict.Same => Verdict.Same,
            _ => ByChecksum(source, there, final, unknown: SameSize),
        };
    }

    /// <summary>Two files of one size whose times say nothing: checksums decide where both are known, and are computed only for a move.</summary>
    private Verdict Untimed(Entry source, Entry there, bool final) => ByChecksum(source, there, final || SameSize == Verdict.Same, unknown: SameSize);

    private Verdict Retimed(Verdict verdict) => verdict == Verdict.Same && _window is not null && _options.Compare == Comparison.SizeAndTime ? Verdict.OtherTime : verdict;

    private static Verdict ByChecksum(Entry source, Entry there, bool final, Verdict unknown) => (source.Checksum, there.Checksum) switch
    {
        ({ } left, { } right) => left == right ? Verdict.Same : Verdict.Differs,
        _ => final ? unknown : Verdict.NeedsChecksums,
    };

    private static TimeSpan? NewerBy(Entry source, Entry there) => (there.ModTime ?? there.Created) - (source.ModTime ?? source.Created);
}

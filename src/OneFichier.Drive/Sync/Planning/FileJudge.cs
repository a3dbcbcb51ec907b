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
            Comparison.Checksum => ByChecksum(source, there, final, unknown: Verdict.Same),
            _ => ByTime(source, there, final),
        };
    }

    private Verdict ByTime(Entry source, Entry there, bool final)
    {
        if (_window is not { } window)
            return BySize(source, there, final);
        if (source.ModTime is not { } wanted || there.ModTime is not { } has)
            return ByChecksum(source, there, final, unknown: _options.Kind == SyncKind.Move ? Verdict.Unproven : Verdict.Same);
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
        return _options.Compare == Comparison.Checksum ? ByChecksum(source, there, final, unknown: Verdict.Same) : BySize(source, there, final);
    }

    /// <summary>Two files of one size that nothing else can be asked of; for a move, which removes one of them, that is not enough.</summary>
    private Verdict BySize(Entry source, Entry there, bool final)
    {
        if (_options.Kind == SyncKind.Move && _options.Compare != Comparison.Size)
            return ByChecksum(source, there, final, unknown: Verdict.Unproven);
        return source.Checksum is { } left && there.Checksum is { } right && left != right ? Verdict.Differs : Verdict.Same;
    }

    private Verdict Retimed(Verdict verdict) => verdict == Verdict.Same && _window is not null && _options.Compare == Comparison.SizeAndTime ? Verdict.OtherTime : verdict;

    private static Verdict ByChecksum(Entry source, Entry there, bool final, Verdict unknown) => (source.Checksum, there.Checksum) switch
    {
        ({ } left, { } right) => left == right ? Verdict.Same : Verdict.Differs,
        _ => final ? unknown : Verdict.NeedsChecksums,
    };

    private static TimeSpan? NewerBy(Entry source, Entry there) => (there.ModTime ?? there.Created) - (source.ModTime ?? source.Created);
}

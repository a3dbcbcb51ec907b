using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>The flags of <c>copy</c>, <c>sync</c> and <c>move</c> that say how it is gone about; names and meaning are rclone's.</summary>
internal sealed class RunFlags
{
    private readonly Option<long?> _transfers = Flags.Number("--transfers", "files at the same time; where small files are sent together, sessions", 4);
    private readonly Option<string> _bandwidth = BandwidthFlag();
    private readonly Option<string> _maxTransfer = Flags.Text("--max-transfer", "SIZE", "end after so many bytes (exit code 8)");
    private readonly Option<string> _cutoff = Flags.Choice("--cutoff-mode", "what becomes of transfers under way at the limit", "hard", "soft", "cautious");
    private readonly Option<TimeSpan?> _maxDuration = Flags.Duration("--max-duration", "end after so long (exit code 10)");
    private readonly Option<string> _times = Flags.Choice("--times", "where the service's files keep their times: in this machine's index, also in their description, or nowhere", "index", "description", "none");
    private readonly Option<string> _suffix = Flags.Text("--suffix", "TEXT", "append this to the names of what is replaced or removed, in --backup-dir or, without it, in its place");
    private readonly Option<bool> _copyLinks = Flags.Switch("--copy-links", "follow symbolic links of the disk; otherwise they are left out", "-L");
    private readonly Option<bool> _emptySources = Flags.Switch("--delete-empty-src-dirs", "remove the folders of the source that the move left empty");
    private readonly Option<bool> _nothing = Flags.Switch("--error-on-no-transfer", "exit code 9 when nothing had to be transferred");
    private readonly Option<long?> _checkers = Hidden(Flags.Number("--checkers", "taken for rclone's sake"));
    private readonly Option<bool> _fastList = Hidden(Flags.Switch("--fast-list", "taken for rclone's sake; listing is always fast"));
    private readonly SyncKind _kind;

    public RunFlags(Verb verb, SyncKind kind)
    {
        _kind = kind;
        Option[] common = [_transfers, _bandwidth, _maxTransfer, _cutoff, _maxDuration, _times, _suffix, _copyLinks, _nothing, _checkers, _fastList];
        foreach (var option in kind == SyncKind.Move ? common.Append(_emptySources) : common)
            verb.Options.Add(option);
    }

    /// <summary>The flag that holds transfers back, for verbs that have it without the others.</summary>
    public static Option<string> BandwidthFlag() =>
        Flags.Text("--bwlimit", "LIMIT", "bytes a second: 10M, up and down 1M:512k, or a timetable: \"08:00,512k 19:00,10M 23:00,off\"");

    /// <exception cref="CliException">The limit cannot be read.</exception>
    public static Bandwidth? BandwidthOf(Call call, Option<string> flag) => Read(call.Get(flag), "--bwlimit", text => new Bandwidth(BandwidthTimetable.Parse(text), call.Time));

    public bool FailsOnNothing(Call call) => call.Get(_nothing);

    public RemoteVolumeOptions Volumes(Call call) => new()
    {
        Times = Enum.Parse<TimesMode>(call.Get(_times)!, ignoreCase: true),
        Sessions = Transfers(call),
    };

    /// <summary>A move removes its source, so what takes its place must be on the disk itself by then.</summary>
    public LocalVolumeOptions Disks(Call call) => new() { FollowLinks = call.Get(_copyLinks), Durable = _kind == SyncKind.Move, Time = call.Time };

    /// <exception cref="CliException">A limit cannot be read.</exception>
    public RunOptions Of(Call call)
    {
        var most = Read(call.Get(_maxTransfer), "--max-transfer", text => SizeSuffix.Parse(text));
        return new RunOptions
        {
            Transfers = Transfers(call),
            SessionBytes = SessionBytes(call, most),
            Bandwidth = BandwidthOf(call, _bandwidth),
            Limits = new RunLimits { MaxTransfer = most, MaxDuration = call.Get(_maxDuration), Cutoff = Enum.Parse<CutoffMode>(call.Get(_cutoff)!, ignoreCase: true) },
            BackupSuffix = Suffix(call),
            RemoveEmptySourceFolders = _kind == SyncKind.Move && call.Get(_emptySources),
            Time = call.Time,
        };
    }

    /// <summary>Nothing of a session that is cut stays, so under a limit sessions are short enough for the first ones to end before it.</summary>
    private long SessionBytes(Call call, long? most) => Math.Clamp((most ?? long.MaxValue) / (2 * Transfers(call)), 1, new RunOptions().SessionBytes);

    private string Suffix(Call call) => call.Get(_suffix) is not { } suffix ? ""
        : !suffix.Contains('/', StringComparison.Ordinal) ? suffix
        : throw CliException.Usage($"--suffix: '{Escaping.Visible(suffix)}' holds a slash.", "It is the end of a name, as .old");

    private int Transfers(Call call) => (int)Math.Clamp(call.Get(_transfers) ?? 4, 1, TransferClient.ConnectionCeiling);

    private static T? Read<T>(string? text, string flag, Func<string, T> parse)
    {
        try
        {
            return text is { Length: > 0 } ? parse(text) : default;
        }
        catch (FormatException e)
        {
            throw CliException.Usage($"{flag}: {e.Message}", "Write it as rclone does.");
        }
    }

    private static Option<T> Hidden<T>(Option<T> option)
    {
        option.Hidden = true;
        return option;
    }
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>The flags of <c>copy</c>, <c>sync</c> and <c>move</c> that say what is wanted; names and meaning are rclone's.</summary>
internal sealed class SyncFlags
{
    private readonly Option<bool> _checksum = Flags.Switch("--checksum", "compare size and checksum, reading local files for it", "-c");
    private readonly Option<bool> _sizeOnly = Flags.Switch("--size-only", "compare sizes alone");
    private readonly Option<bool> _ignoreExisting = Flags.Switch("--ignore-existing", "skip files that are there, whatever their content");
    private readonly Option<bool> _update = Flags.Switch("--update", "skip files that are newer there", "-u");
    private readonly Option<bool> _immutable = Flags.Switch("--immutable", "change no file that is there; a difference is an error");
    private readonly Option<TimeSpan?> _modifyWindow = Flags.Duration("--modify-window", "how far times may differ and be the same");
    private readonly Option<bool> _before = Flags.Switch("--delete-before", "remove first, to make room");
    private readonly Option<bool> _after = Flags.Switch("--delete-after", "remove once all transfers succeeded (default)");
    private readonly Option<bool> _during = Flags.Switch("--delete-during", "as --delete-after; taken for rclone's sake");
    private readonly Option<long?> _maxDelete = Flags.Number("--max-delete", "remove nothing where more files than this would go");
    private readonly Option<string> _backup = Flags.Text("--backup-dir", "PATH", "a folder of the same account or disk that takes what would be removed or replaced");
    private readonly Option<bool> _trackRenames = Flags.Switch("--track-renames", "move what was renamed in the source, known by size and checksum");
    private readonly Option<bool> _noDedupe = Flags.Switch("--no-dedupe", "send every file, also where the account holds its content already");
    private readonly Option<bool> _emptyFolders = Flags.Switch("--create-empty-src-dirs", "make empty folders of the source too");
    private readonly SyncKind _kind;
    private readonly FilterOptions _filter;

    public SyncFlags(Verb verb, SyncKind kind)
    {
        _kind = kind;
        Option[] common = [_checksum, _sizeOnly, _ignoreExisting, _update, _immutable, _modifyWindow, _backup, _noDedupe, _emptyFolders];
        Option[] deleting = kind == SyncKind.Sync ? [_before, _after, _during, _maxDelete, _trackRenames] : [];
        foreach (var option in common.Concat(deleting))
            verb.Options.Add(option);

        _filter = new FilterOptions(verb);
    }

    /// <summary>The folder of <c>--backup-dir</c>, as it was typed.</summary>
    public string? Backup(Call call) => call.Get(_backup);

    /// <exception cref="CliException">Flags that exclude each other, or a filter that cannot be used.</exception>
    public SyncOptions Of(Call call)
    {
        if (call.Get(_checksum) && call.Get(_sizeOnly))
            throw CliException.Usage("--checksum and --size-only exclude each other.", "Give one of them.");

        if (_kind == SyncKind.Sync && call.Get(_before) && (call.Get(_after) || call.Get(_during)))
            throw CliException.Usage("Files are removed before or after, not both.", "Give one of --delete-before and --delete-after.");

        return new SyncOptions
        {
            Kind = _kind,
            Filter = _filter.Of(call),
            Compare = call.Get(_checksum) ? Comparison.Checksum : call.Get(_sizeOnly) ? Comparison.Size : Comparison.SizeAndTime,
            IgnoreExisting = call.Get(_ignoreExisting),
            Update = call.Get(_update),
            Immutable = call.Get(_immutable),
            ModifyWindow = call.Get(_modifyWindow) ?? new SyncOptions().ModifyWindow,
            Deletes = _kind == SyncKind.Sync && call.Get(_before) ? DeleteOrder.Before : DeleteOrder.After,
            MaxDelete = _kind == SyncKind.Sync ? (int?)call.Get(_maxDelete) : null,
            TrackRenames = _kind == SyncKind.Sync && call.Get(_trackRenames),
            Dedupe = !call.Get(_noDedupe),
            EmptyFolders = call.Get(_emptyFolders),
        };
    }
}

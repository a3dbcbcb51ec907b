using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

internal sealed class BackupInitVerb : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "how the set will be called" };
    private readonly Argument<string> _place = new("PLACE") { Description = "where the repository is, as 1f:backups/laptop; also a local folder" };
    private readonly Option<string[]> _source = Flags.Texts("--source", "PATH", "a folder or file of this machine to be backed up");
    private readonly Option<string[]> _exclude = Flags.Texts("--exclude", "PATTERN", "leave out what matches, by restic's rules", "-e");
    private readonly Option<string[]> _excludeFile = Flags.Texts("--exclude-file", "FILE", "--exclude, one a line, read at each run");
    private readonly Option<bool> _excludeCaches = Flags.Switch("--exclude-caches", "leave out folders that are marked as caches (CACHEDIR.TAG)");
    private readonly Option<bool> _oneFileSystem = Flags.Switch("--one-file-system", "leave out other file systems below the sources", "-x");
    private readonly Option<string[]> _tag = Flags.Texts("--tag", "TAG", "tag its snapshots");
    private readonly Option<string> _host = Flags.Text("--host", "NAME", "the name of this machine in snapshots (default its own)");
    private readonly Option<long?> _packSize = Flags.Number("--pack-size", "MiB of a pack, 4 to 128; each costs about two requests", 64);
    private readonly Option<long?> _connections = Flags.Number("--connections", "packs on their way at a time, 1 to 16", 3);
    private readonly Option<bool> _existing = Flags.Switch("--existing", "there is a repository already; use it");
    private readonly Option<string> _passwordFile = Flags.Text("--password-file", "FILE", "read the repository's password from this file; - for standard input (default one is made and shown once)");
    private readonly Option<string> _restic = BackupVerbs.Restic();
    private readonly RetentionFlags _keep;

    public BackupInitVerb() : base("init", "Make a backup set: a repository, what goes into it, and a password.")
    {
        Details =
            "The repository is restic's own, and restic reads it through fichier serve restic. Its password is kept where the key is. WITHOUT THE PASSWORD THE\n"
            + "BACKUP CANNOT BE READ: write it down and keep it elsewhere. With --existing a set is made for a repository that is there, as on a new machine;\n"
            + "its password is asked for, or read from --password-file.";
        Examples =
        [
            new("fichier backup init laptop 1f:backups/laptop --source /home --exclude '*.iso' --keep-daily 7 --keep-weekly 5", "then: fichier backup run laptop"),
            new("fichier backup init laptop 1f:backups/laptop --existing --host laptop", "on a new machine, to restore"),
        ];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_name);
        Arguments.Add(_place);
        foreach (var option in (Option[])[_source, _exclude, _excludeFile, _excludeCaches, _oneFileSystem, _tag, _host, _packSize, _connections, _existing, _passwordFile, _restic])
            Options.Add(option);
        _keep = new RetentionFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var set = new BackupSet(Places.AccountName(call.Get(_name)), RecordOf(call));
        if (call.Config.Backups?.ContainsKey(set.Name) == true)
            throw new CliException(ExitCodes.Failed, $"There is a backup set '{set.Name}' already.", $"To change it: fichier backup rm {set.Name}, then init it again with --existing");

        var program = await BackupVerbs.ResticAsync(call, _restic, cancellationToken);
        if (call.Globals.DryRun)
        {
            call.Screen.Note($"Would make the backup set '{set.Name}' at {Escaping.Visible(set.Record.Repository)}.");
            return ExitCodes.Done;
        }

        var (password, origin) = await PasswordAsync(call, set.Name, cancellationToken);
        set = set with { Record = set.Record with { Store = await Session.BackupsOf(call).SaveAsync(set.Name, password, cancellationToken) } };
        await MakeAsync(call, set, program, (password, origin), cancellationToken);
        await call.ConfigStore.ChangeAsync(c => c.With(set.Name, set.Record), cancellationToken);
        Print(call, set, origin != PasswordOrigin.Given && !call.Get(_existing) ? password : null);
        return ExitCodes.Done;
    }

    private BackupRecord RecordOf(Call call) => new(Whole(call, call.Get(_place)), "", call.Get(_host) is { Length: > 0 } host ? host : Environment.MachineName)
    {
        Sources = SourcesOf(call),
        Excludes = call.Get(_exclude) is { Length: > 0 } patterns ? patterns : null,
        ExcludeFiles = call.Get(_excludeFile) is { Length: > 0 } files ? [.. files.Select(Path.GetFullPath)] : null,
        ExcludeCaches = call.Get(_excludeCaches),
        OneFileSystem = call.Get(_oneFileSystem),
        Tags = call.Get(_tag) is { Length: > 0 } tags ? tags : null,
        Keep = _keep.Of(call),
        PackSize = Within(call, _packSize, 4, 128),
        Connections = Within(call, _connections, 1, 16),
    };

    private IReadOnlyList<string> SourcesOf(Call call)
    {
        var sources = (call.Get(_source) ?? []).Select(s => Path.TrimEndingDirectorySeparator(Path.GetFullPath(s))).Distinct(StringComparer.Ordinal).ToList();
        if (sources.Count == 0 && !call.Get(_existing))
            throw CliException.Usage("What is to be backed up?", "Name it: --source /home");

        foreach (var missing in sources.Where(s => !Path.Exists(s)))
            call.Screen.Warn($"There is no '{Escaping.Visible(missing)}' now.");
        return sources;
    }

    private static int Within(Call call, Option<long?> option, int least, int most) => call.Get(option) is { } value && value >= least && value <= most
        ? (int)value
        : throw CliException.Usage($"{option.Name}: it is from {least} to {most}.");

    private static string Whole(Call call, string place) => Place.Parse(place) switch
    {
        RemotePlace { Account: "1f" } at when call.Globals.Account != "1f" => at.Path.Start.Value == 0 ? $"{call.Globals.Account}:{at.Path.Path}" : $"{call.Globals.Account}:{at.Path}",
        RemotePlace at => at.Text,
        LocalPlace at => Path.GetFullPath(at.Text),
        _ => throw CliException.Usage($"'{Escaping.Visible(place)}' is no place for a repository.", "Give a folder, as 1f:backups/laptop"),
    };

    private async Task<(string Password, PasswordOrigin Origin)> PasswordAsync(Call call, string name, CancellationToken cancellationToken)
    {
        if (call.Get(_passwordFile) is { Length: > 0 } file)
            return (Checked(file == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken)), PasswordOrigin.Given);

        if (await Session.BackupsOf(call).FindLeftAsync(name, cancellationToken) is { } left)
            return (left, PasswordOrigin.Left);

        return call.Get(_existing)
            ? (Checked(await SecretPrompt.ReadAsync(call.Screen, "Password of the repository (not shown): ", cancellationToken)), PasswordOrigin.Given)
            : (BackupPassword.New(), PasswordOrigin.Made);
    }

    private static string Checked(string text) => text.Split('\n')[0].TrimEnd('\r') is { Length: > 0 } password ? password : throw CliException.Usage("The password is empty.", "Give one, on one line.");

    private async Task MakeAsync(Call call, BackupSet set, ResticProgram program, (string Text, PasswordOrigin Origin) password, CancellationToken cancellationToken)
    {
        if (Place.Parse(set.Record.Repository) is LocalPlace local && !call.Get(_existing))
            Directory.CreateDirectory(local.Text);

        try
        {
            await using var session = await BackupSession.OpenAsync(call, set, program, (BackupMode.Adding, password.Text), cancellationToken);
            if (call.Get(_existing))
                await session.Repository.ProveAsync(cancellationToken);
            else if (password.Origin != PasswordOrigin.Left || !await OpensAsync(session.Repository, cancellationToken))
                await session.Repository.InitAsync(cancellationToken);
        }
        catch (FichierException e) when (!e.IsTransient && (e is FichierKeyException || password.Origin != PasswordOrigin.Left))
        {
            await Session.BackupsOf(call).RemoveAsync(set.Name, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Whether the repository had been made when an earlier init was cut off.</summary>
    private static async Task<bool> OpensAsync(BackupRepository repository, CancellationToken cancellationToken)
    {
        try
        {
            await repository.ProveAsync(cancellationToken);
            return true;
        }
        catch (FichierException e) when (!e.IsTransient)
        {
            return false;
        }
    }

    private static void Print(Call call, BackupSet set, string? password)
    {
        if (call.Screen.Json)
        {
            call.Screen.Document(new BackupMadeShape(set.Name, set.Record.Repository, set.Record.Sources, password), JsonShapes.Default.BackupMadeShape);
            return;
        }

        if (password is not null)
        {
            call.Screen.Line($"password  {password}");
            call.Screen.Note("Write this password down and keep it away from this machine: without it nobody can read the backup again.");
        }

        call.Screen.Note(set.Record.Sources.Count == 0
            ? $"Made the backup set '{set.Name}'. Restore from it: fichier backup restore {set.Name} --to FOLDER"
            : $"Made the backup set '{set.Name}'. Run it: fichier backup run {set.Name}");
    }

    private enum PasswordOrigin
    {
        Given,
        Left,
        Made,
    }
}

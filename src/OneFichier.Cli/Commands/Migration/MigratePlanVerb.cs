using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Migration;

namespace OneFichier.Cli.Commands;

internal sealed class MigratePlanVerb : Verb
{
    private readonly Argument<string[]> _paths = new("SOURCE… DST") { Description = "where files come from (local, 1f:docs, work:docs, a share or page link, an address, rclone:remote:path) and, last, the folder they go into", Arity = new ArgumentArity(1, 1000) };
    private readonly Option<string> _name = Flags.Text("--name", "NAME", "what the migration is called (default after DST)");
    private readonly Option<string[]> _fromFile = Flags.Texts("--from-file", "FILE", "addresses, a line each: URL, name, size, Whirlpool with tabs between; - is standard input");
    private readonly Option<bool> _noProbe = Flags.Switch("--no-probe", "do not ask addresses for their name and size before");
    private readonly Option<bool> _carry = Flags.Switch("--carry", "carry addresses through this machine, even where the service could fetch them by itself");
    private readonly Option<bool> _links = Flags.Switch("--public-links", "let rclone make public links, from which the service fetches by itself; whoever has such a link can read the file");
    private readonly Option<string> _rclone = Flags.Text("--rclone", "PROGRAM", "the rclone to use", "rclone");
    private readonly Option<long?> _sliceFiles = Flags.Number("--slice-files", "files a worker takes at a time at most", UploadLimits.Files);
    private readonly FilterOptions _filter;
    private readonly Freshness _freshness;

    public MigratePlanVerb() : base("plan", "Write down which way each file goes, what it costs, and what cannot go and why.")
    {
        Details =
            "The contents of each SOURCE go into DST. Nothing is changed on the service yet. The ways: there (nothing to do), copy (on the service, no bytes travel),\n"
            + "fetch (the service pulls the address itself), carry (through this machine), cannot. What another account holds is copied on the service by its page\n"
            + "links; where the service refuses that it is carried. -v lists every file; -n forgets the plan again.";
        Examples =
        [
            new("fichier migrate plan /data work:docs 1f:archive", "a disk and another account"),
            new("fichier migrate plan --from-file urls.txt 1f:mirror", "a list of addresses"),
            new("fichier migrate plan rclone:s3:bucket https://1fichier.com/dir/AbCdEf 1f:archive --name cloud", "a bucket and a share"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Key];
        Arguments.Add(_paths);
        foreach (var option in (Option[])[_name, _fromFile, _noProbe, _carry, _links, _rclone, _sliceFiles])
            Options.Add(option);

        MigrateStore.AddFlags(this);
        _filter = new FilterOptions(this);
        _freshness = new Freshness(this, "--index-age");
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var typed = call.Get(_paths);
        var target = MigrateTarget.Parse(call, typed[^1]);
        using var session = _freshness.Open(call);
        using var opener = Opener(call, session, target.Account);
        var words = Sources(call, opener, typed);
        var into = await target.OpenAsync(session, cancellationToken);
        var filter = _filter.Of(call);
        var sources = new List<IMigrationSource>();
        foreach (var text in words)
            sources.Add(await opener.OpenAsync(text, cancellationToken));

        var head = new MigrationHead(NameOf(call, target), target.Text, words, call.Time.GetUtcNow());
        await using var store = await StoreAsync(call, session, head, target.Account, cancellationToken);
        var display = new MigrateDisplay(call, head);
        var options = new MigrationOptions { Includes = filter.Includes, SliceFiles = SliceFiles(call), Time = call.Time, Progress = display };
        head = await display.RunAsync("planning", () => new MigrationPlanner(store, into, options).PlanAsync(head, sources, cancellationToken));
        var code = await new MigratePlanReport(call, store, head).WriteAsync(cancellationToken);
        if (call.Globals.DryRun)
            await store.RemoveAsync(head.Name, cancellationToken);

        return code;
    }

    private MigrateSources Opener(Call call, RemoteSession session, string account) => new(call, session, account)
    {
        Rclone = call.Get(_rclone)!,
        Filter = _filter.Of(call),
        Asks = !call.Get(_noProbe),
        Fetches = !call.Get(_carry),
    };

    private string[] Sources(Call call, MigrateSources opener, string[] typed)
    {
        var words = typed[..^1].Select(t => opener.Settled(t, call.Get(_links))).Concat((call.Get(_fromFile) ?? []).Select(MigrateSources.OfList)).ToArray();
        return words.Length > 0 ? words : throw CliException.Usage("There is no source.", "As in: fichier migrate plan /data 1f:archive, or: fichier migrate plan --from-file urls.txt 1f:archive");
    }

    private string NameOf(Call call, MigrateTarget target)
    {
        var name = call.Get(_name) is { Length: > 0 } given ? given : target.SuggestedName;
        return name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && name[0] is not ('.' or '-')
            ? name
            : throw CliException.Usage($"'{Escaping.Visible(name)}' is no name of a migration.", "Letters, digits and _ - . only, as in --name photos");
    }

    private int SliceFiles(Call call) => (int)Math.Clamp(call.Get(_sliceFiles) ?? UploadLimits.Files, 1, UploadLimits.Files);

    /// <summary>Where the plan goes; one that is not to be kept goes into a store of its own name, so that it never takes the place of another.</summary>
    private static async Task<IMigrationStore> StoreAsync(Call call, RemoteSession session, MigrationHead head, string account, CancellationToken cancellationToken)
    {
        if (call.Globals.DryRun)
            return SqliteMigrations.Open(Path.Combine(Directory.CreateTempSubdirectory("fichier-plan-").FullName, "plan.db"));

        var store = await MigrateStore.OpenAsync(call, session, account, cancellationToken);
        if (!(await store.ListAsync(cancellationToken)).Any(h => h.Ready && h.Name == head.Name))
            return store;

        await store.DisposeAsync();
        throw CliException.Usage($"There is a migration '{head.Name}' already.", $"Give another --name, or forget that one: fichier migrate rm {head.Name}");
    }
}

/// <summary>The folder a migration fills.</summary>
internal sealed record MigrateTarget(string Account, RemotePath Path, string Text)
{
    public string SuggestedName => new string([.. Path.Path.Name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')]).TrimStart('-') is { Length: > 0 } name ? name : "migration";

    /// <exception cref="CliException">It is no folder of an account.</exception>
    public static MigrateTarget Parse(Call call, string text)
    {
        if (Place.Parse(text) is not RemotePlace place)
            throw CliException.Usage($"'{Escaping.Visible(text)}' is no folder of an account.", "A migration fills one, as 1f:archive. From the service to this disk: fichier copy");
        if (call.Config.Crypts?.ContainsKey(place.Account) == true)
            throw CliException.Usage($"'{Escaping.Visible(text)}' is an encrypted remote; what arrives there cannot be proven by the service's checksums.", "Use: fichier copy, which reads back what it must");

        var account = place.Account == "1f" ? call.Globals.Account : place.Account;
        return new MigrateTarget(account, place.Path, text.StartsWith("id:", StringComparison.Ordinal) ? text : $"{account}:{text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]}");
    }

    public async Task<MigrationTarget> OpenAsync(RemoteSession session, CancellationToken cancellationToken) =>
        new(await session.VolumeAsync(Account, Path.Start, cancellationToken), Path.Path);
}

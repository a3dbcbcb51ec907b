using System.CommandLine;
using System.CommandLine.Parsing;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Jobs;

namespace OneFichier.Cli.Commands;

internal sealed class JobAddVerb : Verb
{
    private static readonly string[] NotForJobs = ["login", "logout", "mount", "serve", "sandbox", "demo", "job", "worker", "rcat", "completion"];

    private readonly Argument<string[]> _command = new("VERB") { Description = "what to run, after --, without the word fichier: sync /data 1f:data", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _name = Flags.Text("--name", "NAME", "what to call it (default the verb)");
    private readonly Option<string> _cron = Flags.Text("--cron", "LINE", "when: minute, hour, day of the month, month, day of the week; or @hourly @daily @weekly @monthly @yearly");
    private readonly Option<TimeSpan?> _every = Flags.Duration("--every", "how often, counted from now, in place of --cron");
    private readonly Option<string> _zone = Flags.Text("--time-zone", "ZONE", "the time zone of --cron, as Europe/Paris (default this machine's)");
    private readonly Option<string> _webhook = Flags.Text("--webhook", "URL", "gets a POST with the record of each run, as JSON");
    private readonly Option<string> _ping = Flags.Text("--ping", "URL", "a check of healthchecks.io or alike: told of start, end and failure");
    private readonly Option<string> _onFailure = Flags.Text("--on-failure", "PROGRAM", "is started when a run fails; gets the log on standard input, and FICHIER_JOB and FICHIER_JOB_EXIT_CODE");
    private readonly Option<TimeSpan?> _limit = Flags.Duration("--run-limit", "a run that takes longer is stopped and counts as failed");

    public JobAddVerb() : base("add", "Add a job: a command of this program, and when it is to run.")
    {
        Details =
            "Jobs are run by `fichier serve all` or `fichier worker`, with the stored key of the account. What was missed while nothing ran is caught up once; no job runs\n"
            + "over itself. A time that does not exist on the day clocks are set forth is due when the clock has jumped; one that comes twice is due the first time only.";
        Examples =
        [
            new("fichier job add --cron \"0 2 * * *\" -- sync /data 1f:data", "every night at two"),
            new("fichier job add --name photos --cron \"30 4 * * sun\" --time-zone Europe/Paris -- copy /photos 1f:photos", "Sundays, by the clock in Paris"),
            new("fichier job add --every 6h --ping https://hc-ping.com/UUID -- index refresh 1f:", "watched over by healthchecks.io"),
        ];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_command);
        foreach (var option in (Option[])[_name, _cron, _every, _zone, _limit, _ping, _webhook, _onFailure])
            Options.Add(option);

        ClusterFlags.AddTo(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        Check(call, call.Get(_command));
        await using var jobs = new JobPlace(call);
        var job = JobOf(call, await NameAsync(call, jobs, cancellationToken));
        if (call.Globals.DryRun)
        {
            call.Screen.Note($"Would add {job.Name}, due next {JobShape.Time(job, job.Timetable().Next(call.Time.GetUtcNow()))}.");
            return ExitCodes.Done;
        }

        if (!await jobs.Store.AddAsync(job, cancellationToken))
            throw new CliException(ExitCodes.Failed, $"There is a job '{job.Name}' already.", $"Give another --name, or remove it: fichier job rm {job.Name}");

        var state = await jobs.FindAsync(job.Name, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Document(JobShape.Of(state), JsonShapes.Default.JobShape);
        else
            call.Screen.Note($"Added {job.Name}, due next {JobShape.Time(job, state.Next)}.");

        if (!await jobs.Store.IsServedAsync(cancellationToken))
            call.Screen.Note($"Nothing runs the jobs of {jobs.Name} now. Start it: fichier worker, or fichier serve all");

        return ExitCodes.Done;
    }

    /// <summary>Refuses what could not run, now rather than at night.</summary>
    private static void Check(Call call, string[] command)
    {
        var parse = call.Parse.RootCommandResult.Command.Parse(command);
        if (NotForJobs.Contains(VerbOf(parse)))
            throw CliException.Usage($"'{VerbOf(parse)}' cannot be a job.", "A job is a command that ends by itself and asks nothing.");

        new UsageCheck(command, new SettingsOverlay(_ => null, call.Config)).ThrowIfWrong(parse);
        if (parse.CommandResult.Command is not Verb)
            throw CliException.Usage("Which command is the job to run?", "As in: fichier job add --cron \"0 2 * * *\" -- sync /data 1f:data");
    }

    private static string VerbOf(ParseResult parse)
    {
        var result = parse.CommandResult;
        while (result.Parent is CommandResult { Parent: not null } above)
            result = above;

        return result.Command.Name;
    }

    private async Task<string> NameAsync(Call call, JobPlace jobs, CancellationToken cancellationToken)
    {
        if (call.Get(_name) is { Length: > 0 } name)
        {
            return name.Length <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-') && name[0] != '-'
                ? name
                : throw CliException.Usage($"--name: '{Escaping.Visible(name)}' is no name of a job.", "One is made of a-z 0-9 _ -, as in: nightly");
        }

        var verb = VerbOf(call.Parse.RootCommandResult.Command.Parse(call.Get(_command)));
        var taken = (await jobs.Store.JobsAsync(null, cancellationToken)).Select(j => j.Definition.Name).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? verb : $"{verb}-{n}").First(n => !taken.Contains(n));
    }

    private JobDefinition JobOf(Call call, string name)
    {
        if (call.Get(_cron) is null == call.Get(_every) is null)
            throw CliException.Usage("When is it to run?", "Give --cron \"0 2 * * *\" or --every 6h, one of them.");
        if (call.Get(_every) < TimeSpan.FromMinutes(1))
            throw CliException.Usage("--every: at least a minute.");

        var job = new JobDefinition
        {
            Name = name,
            Command = [.. AccountOf(call), .. call.Get(_command)],
            Cron = call.Get(_cron),
            TimeZone = call.Get(_cron) is null ? null : Zone(call),
            Every = call.Get(_every),
            Created = call.Time.GetUtcNow(),
            Folder = Environment.CurrentDirectory,
            MaxDuration = call.Get(_limit),
            Webhook = Address("--webhook", call.Get(_webhook)),
            Ping = Address("--ping", call.Get(_ping)),
            OnFailure = call.Get(_onFailure),
        };
        try
        {
            job.Timetable();
            return job;
        }
        catch (FormatException e)
        {
            throw CliException.Usage($"--cron: {e.Message}");
        }
    }

    private static IEnumerable<string> AccountOf(Call call) => call.Has(GlobalFlags.Account) ? ["--account", call.Globals.Account] : [];

    private string Zone(Call call)
    {
        var name = call.Get(_zone) ?? TimeZoneInfo.Local.Id;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out _))
            return name;

        return call.Get(_zone) is null ? "UTC" : throw CliException.Usage($"--time-zone: this machine knows no '{Escaping.Visible(name)}'.", "As in Europe/Paris or UTC.");
    }

    private static Uri? Address(string flag, string? text) => text is not { Length: > 0 } ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https") ? address
        : throw CliException.Usage($"{flag}: '{Escaping.Visible(text)}' is no address.", "As in https://hc-ping.com/…");
}

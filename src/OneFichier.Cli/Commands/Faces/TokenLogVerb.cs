using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Audit;

namespace OneFichier.Cli.Commands;

internal sealed class TokenLogVerb : Verb
{
    private readonly Option<string> _token = Flags.Text("--token", "TOKEN", "only what this token did, by id or user name");
    private readonly Option<TimeSpan?> _since = Flags.Duration("--since", "only the last so long");
    private readonly Option<bool> _verify = Flags.Switch("--verify", "prove instead that no record was changed, removed or moved");

    public TokenLogVerb() : base("log", "Read what each token did, from where and with what outcome; or prove that the log is whole.")
    {
        Details =
            "Each record is bound to the one before by a hash (docs/spec/audit-log.md). --verify names every line that is not as it was written, and prints the\n"
            + "hash of the last record: noted elsewhere, it proves later that nothing before it has changed.";
        Examples =
        [
            new("fichier token log --since 1d", "since yesterday"),
            new("fichier token log --token nas --json | jq 'select(.outcome==\"refused\")'", "what one client was refused"),
            new("fichier token log --verify", "exit code 21 when something was touched"),
        ];
        Exits = [ExitCodes.Integrity];
        foreach (var option in (Option[])[_token, _since, _verify])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var reader = new GatewayState(call).Reader();
        if (call.Get(_verify))
            return Judge(call.Screen, await reader.VerifyAsync(cancellationToken));

        var start = call.Get(_since) is { } span ? call.Time.GetUtcNow() - span : DateTimeOffset.MinValue;
        var token = call.Get(_token);
        await foreach (var line in reader.ReadAsync(cancellationToken))
        {
            if (line.Verb != "begin" && line.T >= start && (token is null || line.Token == token || line.User == token))
                Print(call.Screen, line);
        }

        return ExitCodes.Done;
    }

    private static void Print(Screen screen, AuditLine line)
    {
        if (screen.Json)
        {
            screen.Line(JsonOutput.Compact(AuditShape.Of(line), JsonShapes.Default.AuditShape));
            return;
        }

        var what = screen.Shown(line.Path ?? "") + (line.Target is { } target ? " > " + screen.Shown(target) : "");
        var bytes = line.Bytes is { } n ? $"  {Units.Size(n)}" : "";
        var outcome = line.Outcome == "done" ? "" : $"  {line.Outcome}: {screen.Shown(line.Reason ?? "")}";
        screen.Line($"{line.T.ToLocalTime():yyyy-MM-dd HH:mm:ss}  {line.User ?? "-"}  {line.From}  {line.Face}  {line.Verb}  {what}{bytes}{outcome}");
    }

    private static int Judge(Screen screen, AuditVerdict verdict)
    {
        var intact = verdict.Problems.Count == 0;
        if (screen.Json)
        {
            screen.Document(new AuditVerdictShape(intact, verdict.Records, verdict.Head, [.. verdict.Problems.Select(p => new AuditProblemShape(p.File, p.Line, p.Problem))]), JsonShapes.Default.AuditVerdictShape);
            return intact ? ExitCodes.Done : ExitCodes.Integrity;
        }

        foreach (var problem in verdict.Problems)
            screen.Line($"{problem.File}{(problem.Line > 0 ? $" line {problem.Line}" : "")} {problem.Problem}");
        screen.Line(intact ? $"{verdict.Records} records, whole; the last one's hash is {verdict.Head}" : $"{verdict.Records} records, {verdict.Problems.Count} problems");
        return intact ? ExitCodes.Done : ExitCodes.Integrity;
    }
}

internal sealed record AuditShape(long N, DateTimeOffset Time, string Verb, string? Token, string? User, string? Face, string? From)
{
    public string? Path { get; init; }

    public string? Target { get; init; }

    public string? Outcome { get; init; }

    public string? Reason { get; init; }

    public long? Bytes { get; init; }

    public static AuditShape Of(AuditLine line) => new(line.N, line.T, line.Verb, line.Token, line.User, line.Face, line.From)
    {
        Path = line.Path,
        Target = line.Target,
        Outcome = line.Outcome,
        Reason = line.Reason,
        Bytes = line.Bytes,
    };
}

using System.CommandLine;
using System.Text;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class DoctorVerb : Verb
{
    private readonly Option<string> _bundle = Flags.Text("--bundle", "FILE", "write a report for others to this file, without secrets");

    public DoctorVerb() : base("doctor", "Check clock, network, key, offer, locks, limits, folders, mount support and the programs used.")
    {
        Details = "Costs two calls at most: one that proves the key, and the account page when the service allows it. What fails is said with what to do about it.";
        Examples = [new("fichier doctor", "look at everything"), new("fichier doctor --bundle report.txt", "a report to send with a question")];
        Exits = [ExitCodes.Temporary, ExitCodes.Key];
        Options.Add(_bundle);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (var finding in new Examination(call).RunAsync(cancellationToken))
        {
            findings.Add(finding);
            if (!call.Screen.Json)
                call.Screen.Line(finding.ToString());
        }

        if (call.Screen.Json)
            call.Screen.Document([.. findings], JsonShapes.Default.FindingArray);

        if (call.Get(_bundle) is { Length: > 0 } path)
            await WriteAsync(call, path, findings, cancellationToken);

        var failed = findings.Where(f => f.State == Finding.Bad).ToList();
        return failed.Count == 0 ? ExitCodes.Done : throw new CliException(failed[0].ExitCode, $"{failed.Count} of {findings.Count} checks failed.");
    }

    private static async Task WriteAsync(Call call, string path, IEnumerable<Finding> findings, CancellationToken cancellationToken)
    {
        var report = new StringBuilder($"fichier {VersionVerb.Number}, {call.Time.GetUtcNow():O}\n\n");
        foreach (var finding in findings)
            report.Append(finding).Append('\n');

        report.Append("\nsettings\n");
        foreach (var (name, value) in call.Config.Preferences)
            report.Append($"  {name} = {value}\n");

        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(n => n.Contains("FICHIER_", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            report.Append($"  {name} is set\n");

        await PrivateFile.ReplaceAsync(path, Encoding.UTF8.GetBytes(call.Screen.Redactor.Clean(report.ToString())), cancellationToken);
        call.Screen.Note($"The report is in '{path}'; read it before you pass it on.");
    }
}

/// <summary>What one check found.</summary>
internal sealed record Finding(string Check, string State, string Detail)
{
    public const string Good = "ok";
    public const string Doubtful = "warning";
    public const string Bad = "failed";

    public string Remedy { get; init; } = "";

    public int ExitCode { get; init; }

    public static Finding Of(string check, Exception error)
    {
        var failure = Failure.Of(error);
        return new Finding(check, Bad, failure.Message) { Remedy = failure.Remedy, ExitCode = failure.ExitCode };
    }

    public override string ToString() => $"{State,-8} {Check,-9} {Detail}{(Remedy.Length > 0 ? $"\n{"",19}{Remedy}" : "")}";
}

using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class BackupLsVerb : Verb
{
    public BackupLsVerb() : base("ls", "List the backup sets of this machine, and when each was last run.")
    {
        Examples = [new("fichier backup ls", "for a person"), new("fichier backup ls --json", "for a program")];
    }

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var sets = BackupSet.All(call).Select(set => Shape(call, set)).ToArray();
        if (call.Screen.Json)
            call.Screen.Document(sets, JsonShapes.Default.BackupSetShapeArray);
        else
            Print(call.Screen, sets);
        return Task.FromResult(ExitCodes.Done);
    }

    private static BackupSetShape Shape(Call call, BackupSet set)
    {
        var runs = set.History(call).Read();
        return new BackupSetShape(set.Name, set.Record.Repository, set.Record.Host, set.Record.Sources, runs.Last, runs.LastGood);
    }

    private static void Print(Screen screen, BackupSetShape[] sets)
    {
        if (sets.Length == 0)
            screen.Note("There is no backup set. Make one: fichier backup init --help");

        foreach (var set in sets)
        {
            var good = set.LastGood is { } run ? $"last good {run.Ended.ToLocalTime():yyyy-MM-dd HH:mm}" : "never run to a good end";
            var since = set.LastRun is { ExitCode: not ExitCodes.Done } last ? $", then exit code {last.ExitCode} at {last.Ended.ToLocalTime():yyyy-MM-dd HH:mm}" : "";
            screen.Line($"{set.Name}  {screen.Shown(set.Repository)}  {screen.Shown(string.Join(' ', set.Sources))}  {good}{since}");
        }
    }
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class BackupSnapshotsVerb : Verb
{
    private readonly Argument<string> _name = BackupVerbs.OptionalName("all of them");
    private readonly Option<string> _restic = BackupVerbs.Restic();

    public BackupSnapshotsVerb() : base("snapshots", "List the snapshots of a backup set, oldest first.")
    {
        Examples = [new("fichier backup snapshots laptop", "for a person"), new("fichier backup snapshots laptop --json", "for a program")];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_name);
        Options.Add(_restic);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var sets = BackupSet.NamedOrAll(call, call.Get(_name));
        var program = await BackupVerbs.ResticAsync(call, _restic, cancellationToken);
        var all = new List<BackupSnapshotShape>();
        foreach (var set in sets)
        {
            await using var session = await BackupSession.OpenAsync(call, set, program, BackupMode.Looking, cancellationToken);
            all.AddRange((await session.Repository.SnapshotsAsync(cancellationToken)).Select(s => BackupSnapshotShape.Of(set.Name, s)));
        }

        if (call.Screen.Json)
            call.Screen.Document([.. all], JsonShapes.Default.BackupSnapshotShapeArray);
        else
            Print(call.Screen, all, sets.Count > 1);
        return ExitCodes.Done;
    }

    private static void Print(Screen screen, List<BackupSnapshotShape> snapshots, bool several)
    {
        if (snapshots.Count == 0)
            screen.Note("There is no snapshot yet. Make one: fichier backup run");

        foreach (var snapshot in snapshots)
        {
            var tags = snapshot.Tags.Count == 0 ? "" : $"  [{string.Join(',', snapshot.Tags)}]";
            screen.Line($"{(several ? snapshot.Set + "  " : "")}{snapshot.Id[..8]}  {snapshot.Time.ToLocalTime():yyyy-MM-dd HH:mm:ss}  {screen.Shown(snapshot.Host)}  {screen.Shown(string.Join(' ', snapshot.Paths))}{screen.Shown(tags)}");
        }
    }
}

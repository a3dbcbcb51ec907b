using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class MigrateStatusVerb : Verb
{
    private readonly Argument<string?> _name = MigrateVerbs.Name();

    public MigrateStatusVerb() : base("status", "Say how far a migration is, while it runs or not. Costs no request.")
    {
        Examples = [new("fichier migrate status photos", "at a glance"), new("watch -n 10 fichier migrate status", "all the time")];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_name);
        MigrateStore.AddFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        await using var store = await MigrateStore.OpenAsync(call, session, call.Globals.Account, cancellationToken);
        var head = await MigrateStore.FindAsync(store, call.Get(_name), cancellationToken);
        var shape = MigrationShape.Of(head, await store.CountAsync(head.Name, cancellationToken), await store.SlicesAsync(head.Name, openOnly: true, cancellationToken));
        if (call.Screen.Json)
            call.Screen.Document(shape, JsonShapes.Default.MigrationShape);
        else
            Print(call.Screen, shape);

        return ExitCodes.Done;
    }

    private static void Print(Screen screen, MigrationShape shape)
    {
        screen.Line($"{shape.Name}: {shape.State}, planned {shape.Created.ToLocalTime():yyyy-MM-dd HH:mm}");
        screen.Line($"  from     {string.Join(", ", shape.Sources.Select(screen.Shown))}");
        screen.Line($"  to       {screen.Shown(shape.Target)}");
        screen.Line($"  files    {shape.Proven} proven, {shape.Stored} stored and not proven yet, {shape.Waiting} waiting, {shape.Failed + shape.Wrong} failed, {shape.Cannot} cannot go; {shape.Files} in all");
        screen.Line($"  bytes    {Units.Size(shape.BytesDone)} of {Units.Size(shape.Bytes)}");
        screen.Line($"  slices   {shape.SlicesLeft} left");
    }
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Migration;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier migrate</c>: many files from elsewhere, resumable, with proof.</summary>
internal static class MigrateVerbs
{
    public static VerbGroup Group() => new("migrate", "Move many files in from elsewhere: planned, resumable, proven.")
    {
        new MigratePlanVerb(), new MigrateRunVerb(), new MigrateStatusVerb(), new MigrateReportVerb(), new MigrateLsVerb(), new MigrateRmVerb(),
    };

    public static Argument<string?> Name() => new("NAME") { Description = "the migration (default the only one that is not done)", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>A way as it is called in output.</summary>
    public static string Word(MigrationWay way) => way switch
    {
        MigrationWay.There => "there",
        MigrationWay.Copy => "copy",
        MigrationWay.Fetch => "fetch",
        MigrationWay.Carry => "carry",
        MigrationWay.Cannot => "cannot",
        _ => "undecided",
    };

    /// <summary>A state as it is called in output.</summary>
    public static string Word(MigrationState state) => state switch
    {
        MigrationState.Waiting => "waiting",
        MigrationState.Stored => "stored",
        MigrationState.Proven => "proven",
        MigrationState.Failed => "failed",
        MigrationState.Cannot => "cannot",
        _ => "wrong",
    };
}

internal sealed class MigrateLsVerb : Verb
{
    public MigrateLsVerb() : base("ls", "List the migrations of the account, and how far each is.")
    {
        Examples = [new("fichier migrate ls", "all of them"), new("fichier migrate ls --json", "for a program")];
        MigrateStore.AddFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        await using var store = await MigrateStore.OpenAsync(call, session, call.Globals.Account, cancellationToken);
        var heads = await store.ListAsync(cancellationToken);
        var shapes = new List<MigrationShape>();
        foreach (var head in heads)
            shapes.Add(MigrationShape.Of(head, await store.CountAsync(head.Name, cancellationToken), []));

        if (call.Screen.Json)
        {
            call.Screen.Document([.. shapes], JsonShapes.Default.MigrationShapeArray);
            return ExitCodes.Done;
        }

        foreach (var shape in shapes)
            call.Screen.Line($"{shape.Name,-20}  {shape.State,-8}  {shape.Proven}/{shape.Files} proven, {shape.Failed} failed  -> {call.Screen.Shown(shape.Target)}");

        if (shapes.Count == 0)
            call.Screen.Note("There is no migration. Plan one: fichier migrate plan --help");

        return ExitCodes.Done;
    }
}

internal sealed class MigrateRmVerb : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "the migration" };

    public MigrateRmVerb() : base("rm", "Forget a migration: its plan and its proof, not the files.")
    {
        Details = "What was moved in stays. Write the report first, if it is to be kept.";
        Examples = [new("fichier migrate report --format csv photos > proof.csv && fichier migrate rm photos", "keep the proof, forget the rest")];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_name);
        MigrateStore.AddFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        await using var store = await MigrateStore.OpenAsync(call, session, call.Globals.Account, cancellationToken);
        var head = await MigrateStore.FindAsync(store, call.Get(_name), cancellationToken);
        if (call.Globals.DryRun)
        {
            call.Screen.Note($"Would forget the migration {Escaping.Visible(head.Name)}.");
            return ExitCodes.Done;
        }

        using var turn = await MigrateStore.TurnAsync(call, session, head.Name, cancellationToken);
        await store.RemoveAsync(head.Name, cancellationToken);
        call.Screen.Note($"Forgot the migration {Escaping.Visible(head.Name)}; its files stay.");
        return ExitCodes.Done;
    }
}

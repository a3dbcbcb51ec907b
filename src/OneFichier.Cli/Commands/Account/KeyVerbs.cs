using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier key</c>: what there is to know about the key in use.</summary>
internal static class KeyVerbs
{
    public static VerbGroup Group() => new("key", "Show, prove, replace and look after the key of an account.") { new KeyShowVerb(), new KeyCheckVerb(), new KeyWhereVerb(), new KeyRotateVerb(), new KeyScanVerb(), new KeyAdviseVerb() };
}

internal sealed class KeyShowVerb : Verb
{
    public KeyShowVerb() : base("show", "Show the key, masked, and where it comes from.")
    {
        Examples = [new("fichier key show", "of the default account"), new("fichier key show --account work --json", "of another one, for a program")];
        Exits = [ExitCodes.Key];
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var key = await Session.KeysOf(call).RequireAsync(call.Globals.Account, isRunsOwn: true, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Document(new KeyShape(key.Account, key.Key.ToString(), key.Key.Fingerprint, key.Found.Origin, key.IsStored), JsonShapes.Default.KeyShape);
        else
            call.Screen.Line($"{key.Key} (account {key.Account}, fingerprint {key.Key.Fingerprint}, from {key.Found.Origin})");

        return ExitCodes.Done;
    }
}

internal sealed class KeyCheckVerb : Verb
{
    public KeyCheckVerb() : base("check", "Prove that the key works, by one cheap call.")
    {
        Examples = [new("fichier key check", "exit code 0 when it works, 20 when it is refused")];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = await Session.OpenAsync(call, cancellationToken);
        await session.ProveAsync(cancellationToken);
        if (call.Screen.Json)
            call.Screen.Document(new KeyCheckShape(session.Key.Account, session.Key.Key.ToString(), Works: true, Session.ApiBase().Host), JsonShapes.Default.KeyCheckShape);
        else
            call.Screen.Line($"The key {session.Key.Key} of account '{session.Key.Account}' works at {Session.ApiBase().Host}.");

        return ExitCodes.Done;
    }
}

internal sealed class KeyWhereVerb : Verb
{
    public KeyWhereVerb() : base("where", "Say where the key is kept and who can read it.")
    {
        Details = "The environment goes first: FICHIER_API_KEY, FICHIER_API_KEY_FILE, then RCLONE_FICHIER_API_KEY; then the store.";
        Examples = [new("fichier key where", "of the default account")];
        Exits = [ExitCodes.Key];
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var account = Places.AccountName(call.Globals.Account);
        var keys = Session.KeysOf(call);
        var used = await keys.RequireAsync(account, isRunsOwn: true, cancellationToken);
        var stored = call.Config.Accounts.TryGetValue(account, out var record) ? keys.Vault.Named(record.Store)?.Describe(account) : null;
        if (call.Screen.Json)
        {
            call.Screen.Document(new KeyWhereShape(account, used.IsStored ? "store" : "environment", used.Found.Origin, stored), JsonShapes.Default.KeyWhereShape);
            return ExitCodes.Done;
        }

        call.Screen.Line(used.IsStored ? stored! : $"{used.Found.Origin} (readable by your own processes, and by every program they start)");
        if (!used.IsStored && stored is not null)
            call.Screen.Note($"Not used now: {stored}");

        return ExitCodes.Done;
    }
}

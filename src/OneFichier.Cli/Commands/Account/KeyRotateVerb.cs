using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Keys;

namespace OneFichier.Cli.Commands;

internal sealed class KeyRotateVerb : Verb
{
    private readonly Option<string> _keyFile = Flags.Text("--key-file", "FILE", "read the new key from this file; - is standard input");

    public KeyRotateVerb() : base("rotate", "Swap the key for a new one, once the new one is proven to work.")
    {
        Details =
            $"The service makes a new key at {ApiKey.PageUrl}. Until the new one works, the old one stays. Programs of fichier that run (serve, mount,\n"
            + "worker) go on with the new key by themselves, and index, journals, spool and request budget stay what they are. A key that is in the file of\n"
            + "FICHIER_API_KEY_FILE is swapped in that file.";
        Examples = [new("fichier key rotate", "paste the new key at the prompt"), new("pass show 1fichier-new | fichier key rotate --account work", "from a password manager, for another account")];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Options.Add(_keyFile);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var account = Places.AccountName(call.Globals.Account);
        var keys = Session.KeysOf(call);
        var stored = await keys.FindStoredAsync(account, cancellationToken);
        var old = stored ?? await keys.RequireAsync(account, isRunsOwn: true, cancellationToken);
        var file = stored is null ? AccountKeys.FileInUse() : null;
        if (stored is null && file is null)
            throw new CliException(ExitCodes.Failed, $"The key comes from {old.Found.Origin}, which this program cannot change.", "Keep it with fichier login, or in a file that FICHIER_API_KEY_FILE names; then rotate it.");

        var found = await LoginVerb.ReadAsync(call, call.Get(_keyFile), cancellationToken);
        if (found.Key.Equals(old.Key))
            throw new CliException(ExitCodes.Failed, "This is the key that is in use already.", $"Make a new one at {ApiKey.PageUrl}");

        await KeyChange.ProveAsync(call, new AccountKey(account, found, IsStored: stored is not null), old, cancellationToken);
        return file is null ? await SwapStoredAsync(call, account, old, found, cancellationToken) : await SwapFileAsync(call, (old, found), file, cancellationToken);
    }

    private static async Task<int> SwapStoredAsync(Call call, string account, AccountKey old, FoundKey found, CancellationToken cancellationToken)
    {
        await KeyChange.StoreAsync(call, account, found, cancellationToken);
        if (account == call.Globals.Account && KeyFromEnvironment.Find(Environment.GetEnvironmentVariable) is { } given)
            call.Screen.Warn($"{given.Origin} goes before the stored key: change it there too.");
        return Ended(call, old);
    }

    private static async Task<int> SwapFileAsync(Call call, (AccountKey Old, FoundKey New) keys, string file, CancellationToken cancellationToken)
    {
        await KeyChange.ReplaceAsync(call, keys.Old, keys.New, file, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Document(new KeyShape(keys.Old.Account, keys.New.Key.ToString(), keys.New.Key.Fingerprint, $"the file '{file}'", Stored: false), JsonShapes.Default.KeyShape);
        else
            call.Screen.Note($"{(call.Globals.DryRun ? "Would put" : "Put")} the key {keys.New.Key} into '{file}'.");
        return Ended(call, keys.Old);
    }

    private static int Ended(Call call, AccountKey old)
    {
        call.Screen.Note($"The old key {old.Key} may still work; see to it that it is revoked at {ApiKey.PageUrl}");
        return ExitCodes.Done;
    }
}

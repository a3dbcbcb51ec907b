using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class LogoutVerb : Verb
{
    private readonly Option<string> _name = Flags.Text("--name", "NAME", "the local name of the account (default: the one of --account)");

    public LogoutVerb() : base("logout", "Forget the key of an account here.")
    {
        Details = $"The key keeps working elsewhere until it is revoked at {ApiKey.PageUrl}.";
        Examples = [new("fichier logout", "forget the default account"), new("fichier logout --name work", "forget another one")];
        Options.Add(_name);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var account = Places.AccountName(call.Get(_name) ?? call.Globals.Account);
        var known = call.Config.Accounts.ContainsKey(account);
        if (!call.Globals.DryRun)
        {
            await call.ConfigStore.ChangeAsync(c => c.Without(account), cancellationToken);
            known |= await Session.KeysOf(call).Vault.RemoveAsync(account, except: null, cancellationToken);
        }

        if (call.Screen.Json)
            call.Screen.Document(new LogoutShape(account, known, ApiKey.PageUrl), JsonShapes.Default.LogoutShape);
        else
            Say(call, account, known);

        return ExitCodes.Done;
    }

    private static void Say(Call call, string account, bool known)
    {
        var forgot = call.Globals.DryRun ? "Would forget" : "Forgot";
        call.Screen.Note(known ? $"{forgot} the key of account '{account}' on this machine." : $"There is no stored key of account '{account}'.");
        call.Screen.Note($"To make it useless everywhere, revoke it at {ApiKey.PageUrl}");
        if (Environment.GetEnvironmentVariable("FICHIER_API_KEY") is { Length: > 0 })
            call.Screen.Warn("FICHIER_API_KEY is still set and will be used.");
    }
}

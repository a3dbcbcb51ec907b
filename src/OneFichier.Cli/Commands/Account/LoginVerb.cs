using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Keys;

namespace OneFichier.Cli.Commands;

internal sealed class LoginVerb : Verb
{
    private readonly Option<string> _name = Flags.Text("--name", "NAME", "the local name of the account (default: the one of --account)");
    private readonly Option<string> _keyFile = Flags.Text("--key-file", "FILE", "read the key from this file; - is standard input");
    private readonly Option<bool> _noCheck = Flags.Switch("--no-check", "store the key without proving that it works");
    private readonly Argument<string[]> _never = new("KEY") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    public LoginVerb() : base("login", "Store the key of an account, once it is proven to work.")
    {
        Details =
            $"The key is made at {ApiKey.PageUrl}. It is read without echo, or from standard input\n"
            + "when that is no terminal; never as an argument, where every process could see it. One cheap call proves it; then it is kept in the\n"
            + "desktop's secret service where there is one, else in an encrypted file only you can read (FICHIER_PASSPHRASE protects it besides).";
        Examples =
        [
            new("fichier login", "paste the key at the prompt"),
            new("pass show 1fichier | fichier login", "from a password manager"),
            new("fichier login --name work --key-file key.txt", "a second account; its paths are work:…"),
        ];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Options.Add(_name);
        Options.Add(_keyFile);
        Options.Add(_noCheck);
        Arguments.Add(_never);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.Get(_never) is { Length: > 0 })
            throw CliException.Usage("The key is never an argument: the list of processes and the history of the shell would show it.", "Run fichier login and paste it, or use --key-file.");

        var account = Places.AccountName(call.Get(_name) ?? call.Globals.Account);
        var found = await ReadAsync(call, call.Get(_keyFile), cancellationToken);
        if (!call.Get(_noCheck))
            await KeyChange.ProveAsync(call, new AccountKey(account, found, IsStored: true), old: null, cancellationToken);

        return await KeyChange.StoreAsync(call, account, found, cancellationToken);
    }

    /// <summary>The key from a file, from a pipe, or from the keyboard.</summary>
    public static async Task<FoundKey> ReadAsync(Call call, string? file, CancellationToken cancellationToken)
    {
        if (file is { Length: > 0 } && file != "-")
            return KeyFromEnvironment.ReadFile(file);

        if (!Console.IsInputRedirected)
            call.Screen.Error.WriteLine($"Make or copy the key at {ApiKey.PageUrl}");

        return FoundKey.Read(await SecretPrompt.ReadAsync(call.Screen, "Key (not shown): ", cancellationToken), "the input");
    }
}

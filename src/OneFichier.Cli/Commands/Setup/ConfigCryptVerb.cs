using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class ConfigCryptVerb : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "how it will be called: NAME:path" };
    private readonly Argument<string> _remote = new("REMOTE") { Description = "where the encrypted files are, as 1f:vault; also a local folder" };
    private readonly Option<string> _names = Flags.Choice("--filename-encryption", "what becomes of names", [.. CryptRecord.NameEncryptions]);
    private readonly Option<string> _encoding = Flags.Choice("--filename-encoding", "how encrypted names are written", [.. CryptRecord.NameEncodings]);
    private readonly Option<string> _folders = Flags.Choice("--directory-name-encryption", "whether names of folders are encrypted too", "true", "false");
    private readonly Option<string> _suffix = Flags.Text("--suffix", "TEXT", "what names end in where they are not encrypted; none for nothing", ".bin");
    private readonly Option<bool> _noData = Flags.Switch("--no-data-encryption", "encrypt names only");
    private readonly Option<string> _saltFile = Flags.Text("--salt-file", "FILE", "read the second password (rclone's password2) from this file");

    public ConfigCryptVerb() : base("crypt", "Make or change an encrypted remote, in rclone's crypt format.")
    {
        Details =
            "What is written to NAME: is encrypted on this machine and stored at REMOTE; rclone's crypt with the same settings reads it, and the other way round.\n"
            + "The password is read without echo, or from standard input (its first line, and the second password from its second), and kept where the key is.\n"
            + "Without it nobody reads the files again: keep it somewhere else too.";
        Examples =
        [
            new("fichier config crypt secret 1f:vault", "then: fichier sync /data secret:data"),
            new("pass show vault | fichier config crypt secret 1f:vault", "from a password manager"),
        ];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_name);
        Arguments.Add(_remote);
        foreach (var option in (Option[])[_names, _encoding, _folders, _suffix, _noData, _saltFile])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var name = Places.AccountName(call.Get(_name));
        if (name is "1f" or "id" || call.Config.Accounts.ContainsKey(name))
            throw CliException.Usage($"'{name}' is the name of an account.", "Choose another.");

        var (password, salt) = await PasswordsAsync(call, cancellationToken);
        if (password.Length == 0)
            throw CliException.Usage("The password is empty.", "Give one.");

        var record = new CryptRecord(Whole(call.Get(_remote)), "")
        {
            FilenameEncryption = call.Get(_names)!,
            FilenameEncoding = call.Get(_encoding)!,
            DirectoryNameEncryption = call.Get(_folders) != "false",
            Suffix = call.Get(_suffix)!,
            NoDataEncryption = call.Get(_noData),
        };
        await StoreAsync(call, name, record, (password, salt), cancellationToken);
        call.Screen.Note($"{(call.Globals.DryRun ? "Would make" : "Made")} the encrypted remote '{name}:' over {Escaping.Visible(record.Remote)}.");
        return ExitCodes.Done;
    }

    /// <summary>Stores passwords and record, in this order.</summary>
    public static async Task StoreAsync(Call call, string name, CryptRecord record, (string Password, string? Salt) secrets, CancellationToken cancellationToken)
    {
        call.Screen.Redactor.Hide(secrets.Password);
        call.Screen.Redactor.Hide(secrets.Salt);
        if (call.Globals.DryRun)
            return;

        var store = await Session.CryptsOf(call).SaveAsync(name, secrets.Password, secrets.Salt, cancellationToken);
        await call.ConfigStore.ChangeAsync(c => c.With(name, record with { Store = store }), cancellationToken);
    }

    private async Task<(string Password, string? Salt)> PasswordsAsync(Call call, CancellationToken cancellationToken)
    {
        var file = call.Get(_saltFile) is { Length: > 0 } path ? (await File.ReadAllTextAsync(path, cancellationToken)).TrimEnd('\r', '\n') : null;
        if (Console.IsInputRedirected)
        {
            var lines = (await SecretPrompt.ReadAsync(call.Screen, "", cancellationToken)).Split('\n').Select(l => l.TrimEnd('\r')).ToList();
            return (lines[0], file ?? lines.ElementAtOrDefault(1));
        }

        var password = await SecretPrompt.ReadAsync(call.Screen, "Password (not shown): ", cancellationToken);
        if (await SecretPrompt.ReadAsync(call.Screen, "Again: ", cancellationToken) != password)
            throw new CliException(ExitCodes.Failed, "The two passwords are not the same; nothing was stored.");

        return (password, file ?? await SecretPrompt.ReadAsync(call.Screen, "Second password (rclone's password2; empty for none): ", cancellationToken));
    }

    private static string Whole(string remote) => Place.Parse(remote) switch
    {
        RemotePlace at => at.Text,
        LocalPlace at => Path.GetFullPath(at.Text),
        _ => throw CliException.Usage($"'{Escaping.Visible(remote)}' is no place for encrypted files.", "Give a path as 1f:vault or a local folder."),
    };
}

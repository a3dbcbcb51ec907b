using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Crypt;
using OneFichier.Server.Keys;

namespace OneFichier.Cli.Commands;

internal sealed class ConfigImportVerb : Verb
{
    private readonly Argument<string?> _file = new("FILE") { Description = "the configuration (default: that of RCLONE_CONFIG, else rclone's own)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _force = Flags.Switch("--force", "replace accounts and encrypted remotes of the same names", "-f");

    public ConfigImportVerb() : base("rclone", "Take over fichier and crypt remotes from an rclone.conf.")
    {
        Details =
            "Keys and passwords, obscured ones too, go where login puts keys; nothing is sent anywhere. A name becomes lower case, and what no name here may hold\n"
            + "becomes -. A configuration that is encrypted is opened with RCLONE_CONFIG_PASS. The rclone.conf stays as it is: it still holds the key in plain text.";
        Examples = [new("fichier config import rclone", "all that can be taken over"), new("fichier config import rclone --dry-run ~/nas/rclone.conf", "see first")];
        Exits = [ExitCodes.SomeFailed];
        Arguments.Add(_file);
        Options.Add(_force);
    }

    public static VerbGroup Group() => new("import", "Take over settings of other programs.") { new ConfigImportVerb() };

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var import = Read(call.Get(_file) ?? DefaultFile());
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var refused = 0;
        foreach (var account in import.Accounts)
            refused += await TakeAsync(call, account, names, name => StoreAsync(call, name, account, cancellationToken)) ? 0 : 1;

        foreach (var crypt in import.Crypts)
            refused += await TakeAsync(call, crypt, names, name => StoreAsync(call, name, crypt, names, cancellationToken)) ? 0 : 1;

        foreach (var skipped in import.Skipped)
            call.Screen.Note($"left: {Escaping.Visible(skipped.Name)}: {skipped.Reason}");

        if (import.Accounts.Count + import.Crypts.Count == 0)
            throw new CliException(ExitCodes.Failed, "There is nothing of 1fichier in it.");

        return refused == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private static RcloneImport Read(string file)
    {
        try
        {
            using var reader = File.OpenText(file);
            return RcloneImport.From(RcloneConfig.Parse(reader, Environment.GetEnvironmentVariable("RCLONE_CONFIG_PASS")));
        }
        catch (RcloneConfigException e)
        {
            throw new CliException(ExitCodes.Failed, e.Message, e.NeedsPassword ? "Set RCLONE_CONFIG_PASS." : "");
        }
    }

    private static string DefaultFile()
    {
        if (Environment.GetEnvironmentVariable("RCLONE_CONFIG") is { Length: > 0 } named)
            return named;

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } given ? given : Path.Combine(home, ".config");
        return Path.Combine(config, "rclone", "rclone.conf");
    }

    private async Task<bool> TakeAsync(Call call, ImportedRemote remote, Dictionary<string, string> names, Func<string, Task> store)
    {
        var name = NameOf(remote.Name);
        if (names.ContainsValue(name) || (!call.Get(_force) && (call.Config.Accounts.ContainsKey(name) || call.Config.Crypts?.ContainsKey(name) == true)))
        {
            call.Screen.Warn($"'{Escaping.Visible(remote.Name)}' is not taken over: there is a '{name}' already (--force replaces it).");
            return false;
        }

        await store(name);
        names[remote.Name] = name;
        call.Screen.Note($"{(call.Globals.DryRun ? "would take over" : "took over")}: {Escaping.Visible(remote.Name)} as {name}:");
        foreach (var note in remote.Notes)
            call.Screen.Note($"  {note}");

        return true;
    }

    private static string NameOf(string name)
    {
        var fitting = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' ? c : '-')).TrimStart('-');
        return fitting.Length >= 2 && fitting is not "id" ? fitting : $"remote-{fitting}".TrimEnd('-');
    }

    private static async Task StoreAsync(Call call, string name, ImportedAccount account, CancellationToken cancellationToken)
    {
        call.Screen.Redactor.Hide(account.ApiKey);
        var found = FoundKey.Read(account.ApiKey, $"the remote '{account.Name}'");
        if (call.Globals.DryRun)
            return;

        var vault = Session.KeysOf(call).Vault;
        var store = await vault.BestAsync(cancellationToken);
        await store.SaveAsync(name, found.Key.Reveal(), cancellationToken);
        await call.ConfigStore.ChangeAsync(c => c.With(name, new AccountRecord(found.Key.Fingerprint, store.Name, call.Time.GetUtcNow())), cancellationToken);
    }

    private static Task StoreAsync(Call call, string name, ImportedCrypt crypt, Dictionary<string, string> names, CancellationToken cancellationToken)
    {
        var record = new CryptRecord($"{names.GetValueOrDefault(crypt.Account, NameOf(crypt.Account))}:{crypt.Path}", "")
        {
            FilenameEncryption = Word(crypt.Options.Names),
            FilenameEncoding = Word(crypt.Options.Encoding),
            DirectoryNameEncryption = crypt.Options.EncryptFolderNames,
            Suffix = crypt.Options.Suffix.Length == 0 ? "none" : crypt.Options.Suffix,
            NoDataEncryption = !crypt.Options.EncryptContent,
        };
        return ConfigCryptVerb.StoreAsync(call, name, record, (crypt.Password, crypt.Salt), cancellationToken);
    }

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}

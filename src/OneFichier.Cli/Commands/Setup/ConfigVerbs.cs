using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier config</c>: the settings in force.</summary>
internal static class ConfigVerbs
{
    public static VerbGroup Group() => new("config", "Show and change the configuration.") { new ConfigShowVerb(), new ConfigPathVerb(), new ConfigCryptVerb(), ConfigImportVerb.Group(), ConfigExportVerbs.Group() };
}

internal sealed class ConfigPathVerb : Verb
{
    public ConfigPathVerb() : base("path", "Say where the configuration file is.") =>
        Examples = [new("$EDITOR \"$(fichier config path)\"", "edit it")];

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.Screen.Json)
            call.Screen.Document(new PathsShape(call.Places.ConfigFile, call.Places.StateFolder, call.Places.CacheFolder), JsonShapes.Default.PathsShape);
        else
            call.Screen.Line(call.Places.ConfigFile);

        return Task.FromResult(ExitCodes.Done);
    }
}

internal sealed class ConfigShowVerb : Verb
{
    public ConfigShowVerb() : base("show", "Show accounts, preferences and folders; no secret is among them.")
    {
        Details = "A preference is the value of a flag under its name without the dashes: { \"preferences\": { \"max-age\": \"10m\", \"json\": true } }.";
        Examples = [new("fichier config show", "for a person"), new("fichier config show --json", "for a program")];
    }

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var places = call.Places;
        if (call.Screen.Json)
        {
            var paths = new PathsShape(places.ConfigFile, places.StateFolder, places.CacheFolder);
            call.Screen.Document(new ConfigShape(call.Config.Version, call.Config.Accounts, call.Config.Preferences, paths), JsonShapes.Default.ConfigShape);
        }
        else
        {
            Print(call.Screen, call.Config, places);
        }

        return Task.FromResult(ExitCodes.Done);
    }

    private static void Print(Screen screen, Config config, Places places)
    {
        screen.Line($"config  {places.ConfigFile}{(File.Exists(places.ConfigFile) ? "" : " (not there yet)")}");
        screen.Line($"state   {places.StateFolder}");
        screen.Line($"cache   {places.CacheFolder}");
        foreach (var (name, account) in config.Accounts)
            screen.Line($"account {name}: key with fingerprint {account.Fingerprint} in the store '{account.Store}' since {account.Created:yyyy-MM-dd}");

        foreach (var (name, crypt) in config.Crypts ?? new Dictionary<string, CryptRecord>())
            screen.Line($"crypt   {name}: {Escaping.Visible(crypt.Remote)} (names {crypt.FilenameEncryption}), passwords in the store '{crypt.Store}'");

        foreach (var (name, value) in config.Preferences)
            screen.Line($"prefer  {name} = {value}");
    }
}

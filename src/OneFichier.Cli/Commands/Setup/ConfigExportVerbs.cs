using System.CommandLine;
using System.Text;
using System.Text.Json;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier config export</c>: settings for other programs.</summary>
internal static class ConfigExportVerbs
{
    public static VerbGroup Group() => new("export", "Write settings for other programs.")
    {
        new ConfigExportRcloneVerb(), new ConfigExportJDownloaderVerb(), new ConfigExportSystemdVerb(), new ConfigExportComposeVerb(), new ConfigExportEnvVerb(),
    };
}

internal sealed class ConfigExportEnvVerb : Verb
{
    private readonly ExportOutput _output = new();
    private readonly ExportKeyFile _key = new("~/.config/fichier/key");

    public ConfigExportEnvVerb() : base("env", "Write lines for a shell that name the file of the key, and never the key.")
    {
        Examples = [new("eval \"$(fichier config export env --key-file /etc/fichier/key)\"", "in a script"), new("fichier config export env -o fichier.env --with-key --yes", "and write the key to its file")];
        Exits = [ExitCodes.Key];
        foreach (var option in (Option[])[.. _key.All, .. _output.All])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        _output.Check(call, isSecret: false);
        var path = await _key.WriteAsync(call, _output, _output.File(call), cancellationToken);
        var named = path ?? Path.GetFullPath(ExportKeyFile.Expanded(_key.Path(call)));
        var text = new StringBuilder($"export FICHIER_API_KEY_FILE={Quoted(named)}\n");
        if (call.Globals.Account != "1f")
            text.Append($"export FICHIER_ACCOUNT={Quoted(call.Globals.Account)}\n");
        if (Environment.GetEnvironmentVariable("FICHIER_API_BASE") is { Length: > 0 } at)
            text.Append($"export FICHIER_API_BASE={Quoted(at)}\n");
        text.Append("unset FICHIER_API_KEY RCLONE_FICHIER_API_KEY\n");
        await _output.WriteAsync(call, "env", text.ToString(), path, cancellationToken);
        return ExitCodes.Done;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

internal sealed class ConfigExportJDownloaderVerb : Verb
{
    private readonly ExportOutput _output = new();

    public ConfigExportJDownloaderVerb() : base("jdownloader", "Write settings for JDownloader that keep within the service's limits.")
    {
        Details =
            "Three files at a time in three pieces are nine connections of the thirty an account has, and leave room for others. How to take them over stands on standard error.\n"
            + "Links go to JDownloader's folder watch with: fichier url PATH… --format crawljob";
        Examples = [new("fichier config export jdownloader -o GeneralSettings.json", "then take the values over")];
        foreach (var option in _output.All)
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        _output.Check(call, isSecret: false);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("maxsimultanedownloads", 3);
            json.WriteBoolean("maxdownloadsperhostenabled", true);
            json.WriteNumber("maxsimultanedownloadsperhost", 3);
            json.WriteNumber("maxchunksperfile", 3);
            json.WriteEndObject();
        }

        await _output.WriteAsync(call, "jdownloader", Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n", keyFile: null, cancellationToken);
        foreach (var step in (string[])
        [
            "End JDownloader, put these four values into cfg/org.jdownloader.settings.GeneralSettings.json of its folder, and start it; or set them under Settings, General.",
            $"Settings, Account Manager, Add, 1fichier.com: sign in with an API key of its own where you can ({ApiKey.PageUrl}).",
            "Hundreds of small files (50 MB and less) one after another get the address locked: let JDownloader pause between them, as its 1fichier plugin does by default.",
            "A Premium account downloads from one address at a time: not from here and from another machine at once, and not over IPv4 and IPv6 at once.",
        ])
        {
            call.Screen.Note(step);
        }

        return ExitCodes.Done;
    }
}

using System.CommandLine;
using System.Text;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>The file an export reads the key from, and the writing of it where that is asked for.</summary>
internal sealed class ExportKeyFile
{
    private readonly Option<string> _keyFile;
    private readonly Option<bool> _withKey = Flags.Switch("--with-key", "also write the key in use to that file, in plain text, for you alone (0600)");

    public ExportKeyFile(string fallback) => _keyFile = Flags.Text("--key-file", "FILE", "the file that holds the key", fallback);

    public IEnumerable<Option> All => [_keyFile, _withKey];

    public string Path(Call call) => call.Get(_keyFile)!;

    public static string Expanded(string path) => path.StartsWith("~/", StringComparison.Ordinal)
        ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), path[2..])
        : path;

    /// <summary>Writes the key, where that was asked for and agreed to.</summary>
    /// <returns>The file, where it was written.</returns>
    public async Task<string?> WriteAsync(Call call, ExportOutput output, string? beside, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.GetFullPath(Expanded(Path(call)), beside is null ? Environment.CurrentDirectory : System.IO.Path.GetDirectoryName(beside)!);
        if (!call.Get(_withKey))
        {
            call.Screen.Note($"The key is expected in '{path}', a file of mode 0600. --with-key writes it.");
            return null;
        }

        output.RefuseReplacing(call, path);
        Confirmation.Require(call, $"This writes the key in plain text to '{Escaping.Visible(path)}'. Go ahead?", always: true);
        var key = await Session.KeysOf(call).RequireAsync(call.Globals.Account, isRunsOwn: true, cancellationToken);
        if (!call.Globals.DryRun)
            await PrivateFile.ReplaceAsync(path, Encoding.ASCII.GetBytes(key.Key.Reveal() + "\n"), cancellationToken);
        call.Screen.Note($"{(call.Globals.DryRun ? "Would write" : "Wrote")} the key {key.Key} to '{path}'.");
        return path;
    }
}

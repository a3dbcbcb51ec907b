using System.CommandLine;
using System.Text;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>Where an export goes, and the file beside it that holds the key.</summary>
internal sealed class ExportOutput
{
    private readonly Option<string> _output = Flags.Text("--output", "FILE", "write it to this file, for you alone (0600), instead of to standard output", null, "-o");
    private readonly Option<bool> _force = Flags.Switch("--force", "replace a file that is there");
    private readonly Option<bool> _show = Flags.Switch("--show", "show secrets even on a terminal");

    public IEnumerable<Option> All => [_output, _force];

    public IEnumerable<Option> WithSecrets => [_output, _force, _show];

    public string? File(Call call) => call.Get(_output) is { Length: > 0 } path && path != "-" ? Path.GetFullPath(path) : null;

    /// <summary>Makes sure, before anything is made, that what holds a secret goes where it may.</summary>
    /// <exception cref="CliException">It would show on a terminal, or replace a file.</exception>
    public void Check(Call call, bool isSecret)
    {
        if (File(call) is { } file)
            RefuseReplacing(call, file);
        else if (isSecret && call.Screen.OutIsTerminal && !call.Get(_show))
            throw CliException.Usage("What is exported holds a secret, and would show on this terminal.", "Give --output FILE, or --show to see it all the same.");
    }

    public void RefuseReplacing(Call call, string file)
    {
        if (System.IO.File.Exists(file) && !call.Get(_force))
            throw CliException.Usage($"'{Escaping.Visible(file)}' is there already.", "Choose another name, or replace it with --force.");
    }

    /// <summary>Writes the export; with <c>--json</c> standard output says where it is instead.</summary>
    public async Task WriteAsync(Call call, string what, string text, string? keyFile, CancellationToken cancellationToken)
    {
        var file = File(call);
        if (file is null)
        {
            call.Screen.Out.Write(text);
            return;
        }

        if (!call.Globals.DryRun)
            await PrivateFile.ReplaceAsync(file, Encoding.UTF8.GetBytes(text), cancellationToken);
        if (call.Screen.Json)
            call.Screen.Document(new ExportShape(what, file, keyFile), JsonShapes.Default.ExportShape);
        else
            call.Screen.Note($"{(call.Globals.DryRun ? "Would write" : "Wrote")} '{file}'.");
    }
}

internal sealed record ExportShape(string What, string File, string? KeyFile);

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>What an export says of the gateway or mount it is about.</summary>
internal sealed class ExportGateway
{
    private readonly Option<string> _what = Flags.Choice("--run", "what it runs", [.. Faces.All.Select(f => f.Name).Prepend("all").OrderBy(n => n == "webdav" ? 0 : 1), "mount"]);
    private readonly Option<string> _path = Flags.Text("--path", "PATH", "what is served or mounted", "1f:");
    private readonly Option<string> _addr = Flags.Text("--addr", "HOST:PORT", "where it listens", "127.0.0.1:8080");
    private readonly Option<string> _point = Flags.Text("--mountpoint", "FOLDER", "where it is mounted", "/srv/1fichier");

    public IEnumerable<Option> All => [_what, _path, _addr, _point];

    public bool IsMount(Call call) => call.Get(_what) == "mount";

    public string What(Call call) => call.Get(_what)!;

    public string Point(Call call) => call.Get(_point)!;

    public string Address(Call call) => call.Get(_addr)!.Contains(':', StringComparison.Ordinal) ? call.Get(_addr)! : throw CliException.Usage($"--addr: '{Escaping.Visible(call.Get(_addr)!)}' is not HOST:PORT.");

    /// <summary>The words after the program's name.</summary>
    public IReadOnlyList<string> Words(Call call, string address) =>
        IsMount(call) ? ["mount", Place.Parse(call.Get(_path)!).Text, Point(call)] : ["serve", What(call), Place.Parse(call.Get(_path)!).Text, "--addr", address];
}

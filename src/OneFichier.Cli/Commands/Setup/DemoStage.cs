using System.Diagnostics;
using System.Reflection;
using OneFichier.Cli.Terminal;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Commands;

/// <summary>A folder that is gone afterwards, and this program run in it as a user would run it.</summary>
internal sealed class DemoStage(Screen screen) : IDisposable
{
    private static readonly string[] NotForTheDemo =
        ["FICHIER_API_KEY", "FICHIER_API_KEY_FILE", "RCLONE_FICHIER_API_KEY", "FICHIER_PASSPHRASE", "FICHIER_ACCOUNT", "FICHIER_CONFIG", "DBUS_SESSION_BUS_ADDRESS"];

    private readonly string _folder = Directory.CreateTempSubdirectory("fichier-demo-").FullName;
    private string _apiBase = "";

    public string KeyFile => Path.Combine(_folder, "key");

    public string Down => Path.Combine(_folder, "down");

    public void PointAt(SandboxServer sandbox)
    {
        _apiBase = sandbox.ApiBase.ToString();
        using var file = PrivateFile.Open(KeyFile, FileMode.Create, FileAccess.Write);
        file.Write(System.Text.Encoding.ASCII.GetBytes(SandboxOptions.DefaultKey));
    }

    /// <summary>The folder asked for, or the project's docs, or some files made up.</summary>
    public string Source(string? wanted)
    {
        if (wanted is not null)
            return Directory.Exists(wanted) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(wanted)) : throw new CliException(ExitCodes.FolderNotFound, $"There is no folder '{Escaping.Visible(wanted)}'.");

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "fichier.slnx")))
                return Path.Combine(at.FullName, "docs");
        }

        return MadeUp();
    }

    public static IEnumerable<string> SomeFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0).Order(StringComparer.Ordinal).Take(3).Select(f => Path.GetRelativePath(folder, f));

    public void Say(string text) => screen.Error.WriteLine(screen.Colors(onError: true) ? $"\e[1;36m{text}\e[0m" : text);

    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        Say($"\n$ fichier {string.Join(' ', arguments.Select(a => a.Replace(_folder, "…", StringComparison.Ordinal)))}");
        using var process = Process.Start(Start(arguments))!;
        try
        {
            if (screen.Json)
                screen.Error.Write(await process.StandardOutput.ReadToEndAsync(cancellationToken));

            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProcessStartInfo Start(string[] arguments)
    {
        var self = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, Assembly.GetExecutingAssembly().GetName().Name + ".dll")] : [];
        var start = new ProcessStartInfo(self, [.. host, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = screen.Json };
        foreach (var name in NotForTheDemo)
            start.Environment.Remove(name);

        start.Environment["FICHIER_API_BASE"] = _apiBase;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(_folder, "config");
        start.Environment["XDG_STATE_HOME"] = Path.Combine(_folder, "state");
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_folder, "cache");
        return start;
    }

    private string MadeUp()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "holiday")).FullName;
        var random = new Random(1);
        foreach (var (name, size) in (ReadOnlySpan<(string, int)>)[("diary.txt", 4_000), ("it's $5 – a \"bargain\".txt", 900), ("photos/sea.jpg", 900_000), ("photos/été.jpg", 1_300_000), ("video/clip.mkv", 24_000_000)])
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        return folder;
    }
}

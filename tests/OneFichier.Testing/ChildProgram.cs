using System.Diagnostics;

namespace OneFichier.Testing;

/// <summary>A program of the test tree, built beside the tests and run as a process of its own.</summary>
public static class ChildProgram
{
    /// <summary>Starts it by the name of its project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables it gets besides those of this process.</param>
    /// <param name="under">A command in front of it, as a shell script that ends in <c>exec "$@"</c>.</param>
    public static Process Start(string project, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? under = null)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var program = Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, project + ".dll");
        string[] command = [Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", program, .. arguments];
        string[] whole = under is null ? command : ["/bin/sh", "-c", under, "sh", .. command];
        var start = new ProcessStartInfo(whole[0], whole.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // A runtime that is killed leaves the sockets of its debugger behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneFichier.Bench;

/// <summary>The program as it is released: one file, trimmed, compiled ahead of time.</summary>
internal static class Publish
{
    public static string Program()
    {
        var root = Root();
        var target = Path.Combine(root, "artifacts", "bench-publish");
        var program = Path.Combine(target, "fichier");
        var arguments = new[] { "publish", Path.Combine(root, "src", "OneFichier.Cli"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier.Contains("arm64", StringComparison.Ordinal) ? "linux-arm64" : "linux-x64", "--self-contained", "-o", target, "-v", "q", "--nologo" };
        using var publish = System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var said = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode == 0 && File.Exists(program) ? program : throw new InvalidOperationException("The program cannot be published: " + said);
    }

    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    /// <summary>Prints a report, and with <c>--write</c> keeps it among the results.</summary>
    public static int Report(string name, string markdown, string[] args)
    {
        Console.Write(markdown);
        if (args.Contains("--write"))
            File.WriteAllText(Path.Combine(Root(), "bench", "results", name + ".md"), markdown);
        return 0;
    }
}

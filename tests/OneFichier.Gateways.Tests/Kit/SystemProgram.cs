using System.Diagnostics;

namespace OneFichier.Gateways.Tests.Kit;

/// <summary>A program of the system that a test runs, or the test is skipped for the lack of it.</summary>
internal static class SystemProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static string Require(string name, string package)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipUnless(found is not null, $"There is no {name} here; on Debian it is in the package {package}.");
        return found!;
    }

    public static async Task<(int Exit, string Text)> RunAsync(string program, IEnumerable<string> arguments, string folder, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = folder };
        start.Environment["HOME"] = folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, string.Concat(texts));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

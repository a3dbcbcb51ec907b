using System.Diagnostics;

namespace OneFichier.Sandbox.Tests.Kit;

/// <summary>Runs somebody else's program against the sandbox, through its proxy.</summary>
public sealed class Tool(SandboxServer server, string folder)
{
    public static string? Find(string name) =>
        new[] { "/usr/bin", "/usr/local/bin", "/bin" }.Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs and gives what it wrote; fails when it exits other than 0.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["HTTPS_PROXY"] = server.Proxy!.ToString();
        start.Environment["SSL_CERT_FILE"] = await FileAsync("ca.pem", server.CaCertificatePem!);
        start.Environment["RCLONE_CONFIG"] = await FileAsync("rclone.conf", $"[f]\ntype = fichier\napi_key = {SandboxOptions.DefaultKey}\n");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}");
        return output;
    }

    private async Task<string> FileAsync(string name, string content)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }
}

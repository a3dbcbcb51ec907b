using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>A sandbox, a scratch folder in memory, and the programs to compare, all pointed at the sandbox over TLS through its proxy.</summary>
internal sealed class Bed : IAsyncDisposable
{
    private Bed(SandboxServer sandbox, string folder, string fichier) => (Sandbox, Folder, Fichier) = (sandbox, folder, fichier);

    public SandboxServer Sandbox { get; }

    public string Folder { get; }

    /// <summary>The published program.</summary>
    public string Fichier { get; }

    public static async Task<Bed> MakeAsync(SandboxLimits limits)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"fichier-bench-{Guid.NewGuid():N}")).FullName;
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Tls = true, Limits = limits, DataFolder = Path.Combine(folder, "service") });
        await File.WriteAllTextAsync(Path.Combine(folder, "ca.pem"), sandbox.CaCertificatePem);
        await File.WriteAllTextAsync(Path.Combine(folder, "rclone.conf"), $"[f]\ntype = fichier\napi_key = {SandboxOptions.DefaultKey}\n");
        return new Bed(sandbox, folder, Publish.Program());
    }

    /// <summary>For programs that speak to the service's own names.</summary>
    public Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["HTTPS_PROXY"] = Sandbox.Proxy!.ToString(),
        ["SSL_CERT_FILE"] = Path.Combine(Folder, "ca.pem"),
        ["RCLONE_CONFIG"] = Path.Combine(Folder, "rclone.conf"),
        ["FICHIER_API_KEY"] = SandboxOptions.DefaultKey,
        ["XDG_STATE_HOME"] = Path.Combine(Folder, "state"),
        ["XDG_CONFIG_HOME"] = Path.Combine(Folder, "config"),
        ["XDG_CACHE_HOME"] = Path.Combine(Folder, "cache"),
    };

    public string Scratch(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    public string RandomFile(string name, long size)
    {
        var path = Path.Combine(Folder, name);
        var random = new Random(42);
        var block = new byte[1 << 20];
        using var file = File.Create(path);
        for (long left = size; left > 0; left -= block.Length)
        {
            random.NextBytes(block);
            file.Write(block, 0, (int)Math.Min(block.Length, left));
        }

        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

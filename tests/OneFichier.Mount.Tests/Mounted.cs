using System.Diagnostics;
using OneFichier.Drive;
using OneFichier.Drive.Staging;
using OneFichier.Testing;

namespace OneFichier.Mount.Tests;

/// <summary>
/// A mount in a folder of its own that is gone at the end, whatever happens. It is used by other programs only: a call of this process that waits for its own mount could wait for ever.
/// </summary>
internal sealed class Mounted : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly MountHost _host;
    private readonly List<IAsyncDisposable> _owned = [];

    private Mounted(TempFolder folder, MountHost host) => (_folder, _host) = (folder, host);

    public string Point => _folder["mnt"];

    /// <summary>A folder of the disk beside the mount, for scripts.</summary>
    public string Work => _folder["work"];

    public MountHost Host => _host;

    /// <summary>The volume's open files.</summary>
    public required IWritableFiles Files { get; init; }

    /// <summary>Skips the test where nothing can be mounted.</summary>
    public static void SkipIfImpossible()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux mounts");
        Assert.SkipWhen(MountHost.Obstacle() is not null, MountHost.Obstacle() ?? "");
    }

    public static async Task<Mounted> OfAsync(IVolume volume, IWritableFiles files, Func<MountOptions, MountOptions>? change = null)
    {
        SkipIfImpossible();
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["mnt"]);
        Directory.CreateDirectory(folder["work"]);
        var options = new MountOptions { Folder = folder["mnt"], Look = new VolumeFileSystemOptions { Umask = 0x12 } };
        return new Mounted(folder, await MountHost.StartAsync(volume, files, change?.Invoke(options) ?? options)) { Files = files };
    }

    public static Task<Mounted> EmptyAsync(Func<MountOptions, MountOptions>? change = null)
    {
        var files = new MemoryFiles(new MemoryVolume(), TimeProvider.System);
        return OfAsync(files, files, change);
    }

    /// <summary>A mount of an account of a sandbox whose clock runs fast, with what is written sent soon after.</summary>
    public static async Task<Mounted> SandboxAsync()
    {
        SkipIfImpossible();
        var stage = await Stage.StartAsync();
        return await OfStageAsync(stage);
    }

    /// <summary>The same with a sandbox that is there already; both end together. Listings are believed for a day.</summary>
    public static async Task<Mounted> OfStageAsync(Stage stage)
    {
        var tree = new RemoteTree(stage.Client, new MemoryListingStore(), new RemoteTreeOptions { MaxAge = TimeSpan.FromDays(1), ProofAge = TimeSpan.FromDays(1) });
        var cache = new BlockCache(new BlockCacheOptions { Folder = stage.Folder["blocks"], Time = stage.Time });
        var cached = new CachedVolume(new RemoteVolume(tree), cache, new CachedVolumeOptions { Patience = TimeSpan.FromHours(1) });
        var spool = new SpooledVolume(cached, new SpoolOptions { Folder = stage.Folder["spool"], Time = stage.Time });
        var mounted = await OfAsync(spool, spool);
        mounted._owned.AddRange([spool, new Ending(cache), stage]);
        return mounted;
    }

    /// <summary>Runs a script of bash in the mount, with <c>$work</c> beside it; ends it after two minutes.</summary>
    public async Task<(int Code, string Out)> ShellAsync(string script)
    {
        var start = new ProcessStartInfo("timeout", ["-k", "5", "120", "bash", "-c", "cd \"$mnt\" || exit 99\n" + script]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["work"] = Work;
        start.Environment["mnt"] = Point;
        start.Environment["HOME"] = Work;
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    /// <summary>Runs a script that must succeed.</summary>
    public async Task<string> RunAsync(string script)
    {
        var (code, output) = await ShellAsync("set -e -o pipefail\n" + script);
        Assert.True(code == 0, $"exit code {code} of\n{script}\n{output}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        using (var detach = Process.Start(new ProcessStartInfo("umount", ["-l", Point]) { RedirectStandardError = true, UseShellExecute = false })!)
            await detach.WaitForExitAsync();
        foreach (var owned in _owned)
            await owned.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class Ending(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

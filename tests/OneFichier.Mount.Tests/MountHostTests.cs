using System.Diagnostics;
using OneFichier.Drive;
using OneFichier.Mount.Fuse;
using OneFichier.Testing;

namespace OneFichier.Mount.Tests;

public sealed class MountHostTests
{
    [Fact]
    public async Task It_ends_when_somebody_else_unmounts()
    {
        await using var mounted = await Mounted.EmptyAsync();
        await UnmountAsync(mounted.Point);
        await mounted.Host.Ended;
        Assert.Null(MountTable.At(mounted.Point));
    }

    [Fact]
    public async Task It_goes_out_of_sight_when_it_is_in_use_and_who_uses_it_goes_on()
    {
        await using var mounted = await Mounted.EmptyAsync();
        await mounted.RunAsync("echo kept > f");
        using var user = Process.Start(new ProcessStartInfo("timeout", ["60", "bash", "-c", $"exec 3< '{mounted.Point}/f'; echo ready; read line; cat <&3"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        Assert.Equal("ready", await user.StandardOutput.ReadLineAsync());
        await mounted.Host.StopAsync();
        Assert.Null(MountTable.At(mounted.Point));
        await user.StandardInput.WriteLineAsync();
        Assert.Equal("kept", await user.StandardOutput.ReadLineAsync());
        await user.WaitForExitAsync();
        await mounted.Host.Ended;
    }

    [Fact]
    public async Task It_refuses_to_be_where_it_is_already()
    {
        await using var mounted = await Mounted.EmptyAsync();
        var files = new MemoryFiles(new MemoryVolume(), TimeProvider.System);
        var refused = await Assert.ThrowsAsync<IOException>(() => MountHost.StartAsync(files, files, new MountOptions { Folder = mounted.Point }));
        Assert.Contains("mounted already", refused.Message, StringComparison.Ordinal);
        await mounted.RunAsync("touch still-there");
    }

    [Fact]
    public async Task It_takes_the_place_of_its_own_dead_mount()
    {
        Mounted.SkipIfImpossible();
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["mnt"]);
        (await FuseMount.MountAsync(new FuseMountOptions(folder["mnt"]))).Dispose();
        try
        {
            Assert.True(MountTable.At(folder["mnt"])!.IsDead());
            var files = new MemoryFiles(new MemoryVolume(), TimeProvider.System);
            await using var host = await MountHost.StartAsync(files, files, new MountOptions { Folder = folder["mnt"] });
            Assert.Equal(1, File.ReadLines("/proc/self/mounts").Count(l => l.Contains(folder["mnt"], StringComparison.Ordinal)));
        }
        finally
        {
            await FuseMount.UnmountAsync(folder["mnt"], lazy: true);
        }
    }

    [Fact]
    public async Task The_helper_of_ordinary_users_mounts_as_well()
    {
        Mounted.SkipIfImpossible();
        Assert.SkipUnless(File.Exists("/usr/bin/fusermount3") || File.Exists("/bin/fusermount3"), "fusermount3 is not installed");
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["a, b\\c"]);
        using var device = await FuseMount.MountAsync(new FuseMountOptions(folder["a, b\\c"]) { ByHelper = true, Source = "one,two\\three" });
        try
        {
            var files = new MemoryFiles(new MemoryVolume(), TimeProvider.System);
            await using var system = new VolumeFileSystem(files, files);
            using var connection = new FuseConnection(device, system);
            connection.Start();
            Assert.Equal("fuse.fichier", MountTable.At(folder["a, b\\c"])!.Type);
            using var touch = Process.Start("timeout", ["20", "touch", folder["a, b\\c/f"]]);
            await touch.WaitForExitAsync();
            Assert.NotNull(await files.FindAsync(VolumePath.Parse("f")));
            await UnmountAsync(folder["a, b\\c"]);
            await connection.Ended;
        }
        finally
        {
            await FuseMount.UnmountAsync(folder["a, b\\c"], lazy: true);
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said_to_be()
    {
        Mounted.SkipIfImpossible();
        using var folder = new TempFolder();
        var files = new MemoryFiles(new MemoryVolume(), TimeProvider.System);
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => MountHost.StartAsync(files, files, new MountOptions { Folder = folder["nowhere"] }));
    }

    private static async Task UnmountAsync(string folder)
    {
        using var unmount = Process.Start(new ProcessStartInfo("fusermount3", ["-u", "--", folder]))!;
        await unmount.WaitForExitAsync();
        Assert.Equal(0, unmount.ExitCode);
    }
}

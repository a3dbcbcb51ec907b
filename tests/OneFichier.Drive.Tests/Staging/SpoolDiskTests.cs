using System.Diagnostics;
using OneFichier.Drive.Staging;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Staging.SpoolBench;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>What a full disk does to the spool, and what the end of a process, at any moment, leaves of it.</summary>
public sealed class SpoolDiskTests
{
    [Fact]
    public async Task A_full_disk_is_told_to_who_writes_and_costs_nothing_that_was_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can make so small a disk.");
        using var folder = new TempFolder();
        using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", "size=2m", "none", folder.Path]);
        await mount.WaitForExitAsync();
        Assert.SkipUnless(mount.ExitCode == 0, "This system lets nobody mount.");
        try
        {
            var stored = new MemoryVolume();
            await using var volume = new SpooledVolume(stored, new SpoolOptions { Folder = folder["spool"], Time = new ManualTime() });
            await FillAsync(volume);
            await volume.DrainAsync();
            Assert.Equal(["early", "open"], (await stored.ListAsync(VolumePath.Root)).Entries.Select(e => e.Name));
            Assert.Equal("early", await TextAsync(stored, "early"));
            Assert.Null(Assert.Single(await volume.PutAsync([New("late", "late")])).Error);
        }
        finally
        {
            using var unmount = Process.Start("umount", folder.Path);
            await unmount.WaitForExitAsync();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_a_killed_process_had_acknowledged_is_found_and_sent(int seed)
    {
        using var folder = new TempFolder();
        var stored = folder["stored"];
        Directory.CreateDirectory(stored);
        var said = new List<string>();
        using (var child = ChildProgram.Start("SpoolChild", [stored, folder["spool"], $"{seed}"]))
        {
            var lines = new Random(seed).Next(20, 120);
            for (var n = 0; n < lines; n++)
                said.Add(await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await child.StandardError.ReadToEndAsync()));
            child.Kill();
            said.AddRange((await child.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.EndsWith('.')));
            await child.WaitForExitAsync();
        }

        var inner = new LocalVolume(stored);
        await using var volume = new SpooledVolume(inner, new SpoolOptions { Folder = folder["spool"], Time = new ManualTime() });
        await SameAsync(volume, said, seed);
        await volume.DrainAsync();
        await SameAsync(inner, said, seed);
        Assert.Empty(Directory.GetFiles(folder["spool/data"]));
    }

    private static async Task FillAsync(SpooledVolume volume)
    {
        Assert.Null(Assert.Single(await volume.PutAsync([New("early", "early")])).Error);
        var big = Pattern.Bytes(5_000_000);
        var put = Assert.Single(await volume.PutAsync([new NewFile(At("early"), big.Length, _ => new ValueTask<Stream>(new MemoryStream(big)))]));
        Assert.Equal(28, Assert.IsType<IOException>(put.Error, exactMatch: false).HResult & 0xFFFF);
        await using var file = await volume.OpenFileAsync(At("open"), new OpenFileOptions { Write = true, Create = true });
        var written = 0;
        var failure = await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (; ; written += 100_000)
                await file.WriteAsync(big.AsMemory(0, 100_000), written);
        });
        Assert.Equal(28, failure.HResult & 0xFFFF);
        Assert.Equal(written, file.Entry.Size);
        await file.SetLengthAsync(1000);
        Assert.Equal("early", await TextAsync(volume, "early"));
    }

    /// <summary>Each line says "path content." of what was acknowledged; the last that speaks of a path counts, or one that came after it unsaid.</summary>
    private static async Task SameAsync(IVolume volume, List<string> said, int seed)
    {
        var expected = new Dictionary<string, int>();
        foreach (var words in said.Select(l => l.TrimEnd('.').Split(' ')))
            expected[words[0]] = int.Parse(words[1]);
        foreach (var (path, version) in expected)
        {
            var found = await volume.FindAsync(At(path));
            Assert.True(found is not null, $"seed {seed}: {path} is lost");
            var text = await TextAsync(volume, path);
            var actual = int.Parse(text.Split(' ')[0]);
            Assert.True(actual >= version, $"seed {seed}: {path} is of version {actual}, {version} was acknowledged");
            Assert.Equal(string.Concat(Enumerable.Repeat($"{actual} ", 1 + (actual % 500))), text);
        }
    }
}

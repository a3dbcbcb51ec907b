using System.Text;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>davfs2 mounts the face, and programs that know nothing of WebDAV work on it.</summary>
public sealed class Davfs2Tests
{
    [Fact]
    public async Task Ordinary_programs_work_on_what_davfs2_mounts()
    {
        var mount = SystemProgram.Require("mount.davfs", "davfs2");
        Assert.SkipUnless(Environment.UserName == "root" && File.Exists("/dev/fuse"), "Mounting needs root and /dev/fuse.");
        await using var stage = await DavStage.StartAsync();
        using var folder = new TempFolder();
        var point = Directory.CreateDirectory(folder["mnt"]).FullName;
        await ConfigureAsync(folder, stage);
        var (exit, text) = await SystemProgram.RunAsync(mount, [stage.Url.ToString(), point, "-o", $"conf={folder["davfs2.conf"]}"], folder.Path);
        Assert.SkipUnless(exit == 0, $"davfs2 cannot mount here: {text}");
        try
        {
            var (done, said) = await SystemProgram.RunAsync("/bin/sh", ["-e", "-c", Work, "sh", point], folder.Path);
            Assert.True(done == 0, said);
        }
        finally
        {
            await SystemProgram.RunAsync("/bin/umount", [point], folder.Path);
        }

        Assert.Equal("line one\nline two\n", await stage.ReadAsync("docs/a.txt"));
        Assert.Equal("renamed\n", await stage.ReadAsync("docs/moved/ü & b.txt"));
        Assert.Null(await stage.Volume.FindAsync(VolumePath.Parse("gone")));
        Assert.Equal(2_000_000, (await stage.Volume.FindAsync(VolumePath.Parse("big.bin")))!.Size);
    }

    private const string Work = """
        cd "$1"
        mkdir docs docs/moved gone
        echo 'line one' > docs/a.txt
        echo 'line two' >> docs/a.txt
        echo renamed > docs/b.txt
        mv docs/b.txt 'docs/moved/ü & b.txt'
        touch gone/x && rm -r gone
        head -c 2000000 /dev/zero > big.bin
        cp big.bin copy.bin && cmp big.bin copy.bin
        df . > /dev/null
        test "$(ls docs | tr '\n' ' ')" = 'a.txt moved '
        """;

    /// <summary>Recent kernels read folders in larger pieces than davfs2 reckons with by itself (buf_size).</summary>
    private static async Task ConfigureAsync(TempFolder folder, DavStage stage)
    {
        await PrivateFile.ReplaceAsync(folder["secrets"], Encoding.UTF8.GetBytes($"{folder["mnt"]} {stage.Gateway.User} {stage.Gateway.Secret}\n"));
        await PrivateFile.ReplaceAsync(folder["davfs2.conf"], Encoding.UTF8.GetBytes($"secrets {folder["secrets"]}\nask_auth 0\ndelay_upload 0\nbuf_size 256\n"));
    }
}

using System.Diagnostics;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

/// <summary>How a volume on the disk treats what only a disk has: links, pipes, permissions, a lack of room, and what a killed process leaves.</summary>
public sealed class LocalDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly LocalVolume _volume;

    public LocalDiskTests() => _volume = new LocalVolume(_folder.Path, new LocalVolumeOptions { Time = _time });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_root_that_is_missing_does_not_list_as_empty_and_is_made_by_the_first_put()
    {
        var volume = new LocalVolume(_folder["not/mounted"]);
        await Assert.ThrowsAsync<PathNotFoundException>(() => volume.ListAsync(VolumePath.Root));
        Assert.True((await volume.FindAsync(VolumePath.Root))!.IsFolder);
        Assert.False(Directory.Exists(_folder["not"]));
        await PutAsync(volume, "f/file");
        Assert.True(File.Exists(_folder["not/mounted/f/file"]));
    }

    [Fact]
    public async Task A_link_is_left_out_with_a_note_and_nothing_goes_through_it_or_over_it()
    {
        using var elsewhere = new TempFolder();
        elsewhere.Write("file", [1, 2, 3]);
        Directory.CreateSymbolicLink(_folder["folder"], elsewhere.Path);
        File.CreateSymbolicLink(_folder["file"], elsewhere["file"]);
        var contents = await _volume.ListAsync(VolumePath.Root);
        Assert.Empty(contents.Entries);
        Assert.True(contents.Complete);
        Assert.Equal(["The link 'file' is not followed.", "The link 'folder' is not followed."], contents.Notes);
        foreach (var path in new[] { "file", "folder", "folder/file" })
        {
            Assert.Null(await _volume.FindAsync(At(path)));
            await Assert.ThrowsAsync<PathNotFoundException>(() => _volume.OpenAsync(At(path)));
            Assert.IsType<PathNotFoundException>(Assert.Single(await _volume.RemoveAsync([At(path)])).Error);
            Assert.IsType<NameTakenException>(await RefusedAsync(_volume, path));
        }

        await PutAsync(_volume, "other");
        Assert.IsType<NameTakenException>(Assert.Single(await _volume.MoveAsync([new VolumeMove(At("other"), At("file"))], replace: true)).Error);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(elsewhere["file"]));
    }

    [Fact]
    public async Task Followed_links_show_what_they_lead_to_and_are_written_through()
    {
        using var elsewhere = new TempFolder();
        elsewhere.Write("file", [1, 2, 3]);
        Directory.CreateSymbolicLink(_folder["folder"], elsewhere.Path);
        File.CreateSymbolicLink(_folder["file"], elsewhere["file"]);
        File.CreateSymbolicLink(_folder["nowhere"], elsewhere["nothing"]);
        var volume = new LocalVolume(_folder.Path, new LocalVolumeOptions { FollowLinks = true });
        var contents = await volume.ListAsync(VolumePath.Root);
        Assert.Equal([("file", false, 3L), ("folder", true, 0L)], contents.Entries.Select(e => (e.Name, e.IsFolder, e.Size)));
        Assert.Contains("nowhere", Assert.Single(contents.Notes), StringComparison.Ordinal);
        await PutAsync(volume, "file");
        await PutAsync(volume, "folder/new");
        Assert.Equal("content", await File.ReadAllTextAsync(elsewhere["file"]));
        Assert.Equal("content", await File.ReadAllTextAsync(elsewhere["new"]));
        Assert.NotNull(new FileInfo(_folder["file"]).LinkTarget);
        Assert.Equal(["file", "new"], (await volume.ListAsync(At("folder"))).Entries.Select(e => e.Name));
    }

    [Fact]
    public async Task Followed_links_that_lead_back_up_do_not_make_an_endless_tree()
    {
        await PutAsync(_volume, "a/b/file");
        Directory.CreateSymbolicLink(_folder["a/b/up"], _folder["a"]);
        Directory.CreateSymbolicLink(_folder["a/b/root"], _folder.Path);
        Directory.CreateSymbolicLink(_folder["a/b/self"], "self");
        Directory.CreateSymbolicLink(_folder["beside"], _folder["a"]);
        var volume = new LocalVolume(_folder.Path, new LocalVolumeOptions { FollowLinks = true });
        Assert.Equal(["a/", "a/b/", "a/b/file 636f6e74656e74", "beside/", "beside/b/", "beside/b/file 636f6e74656e74"], await VolumeSuite.LinesAsync(volume));
        Assert.Equal(3, (await volume.ListAsync(At("a/b"))).Notes.Count);
        Assert.Null(await volume.FindAsync(At("a/b/up/b/file")));
    }

    [Fact]
    public async Task A_pipe_is_left_out_with_a_note_and_is_never_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Made by a program of Unix.");
        using (var make = Process.Start("mkfifo", _folder["pipe"]))
            await make.WaitForExitAsync();
        var contents = await _volume.ListAsync(VolumePath.Root);
        Assert.Empty(contents.Entries);
        Assert.Single(contents.Notes);
        await Assert.ThrowsAsync<PathNotFoundException>(() => _volume.OpenAsync(At("pipe")));
        Assert.IsType<NameTakenException>(await RefusedAsync(_volume, "pipe"));
    }

    [Fact]
    public async Task A_replaced_file_keeps_its_permissions_and_a_new_one_gets_the_usual_ones()
    {
        if (OperatingSystem.IsWindows())
            return;
        await PutAsync(_volume, "new");
        _folder.Write("usual", []);
        Assert.Equal(File.GetUnixFileMode(_folder["usual"]), File.GetUnixFileMode(_folder["new"]));
        const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(_folder["new"], Secret | UnixFileMode.SetUser);
        await PutAsync(_volume, "new");
        Assert.Equal(Secret, File.GetUnixFileMode(_folder["new"]));
    }

    [Fact]
    public async Task A_disk_without_room_refuses_the_file_and_keeps_the_old_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can make so small a disk.");
        using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", "size=2m", "none", _folder.Path]);
        await mount.WaitForExitAsync();
        Assert.SkipUnless(mount.ExitCode == 0, "This system lets nobody mount.");
        try
        {
            await PutAsync(_volume, "file");
            foreach (var length in new[] { 900_000, 3_000_000 })
            {
                var content = Pattern.Bytes(length);
                var results = await _volume.PutAsync([.. Enumerable.Range(0, 3).Select(n => New(n == 0 ? "file" : $"f/{n}", content)), New("small", [1])]);
                Assert.Contains(results.Take(3), r => r.Error is IOException);
                Assert.All(results.Take(3).Where(r => r.Error is not null), r => Assert.IsType<IOException>(r.Error, exactMatch: false));
                Assert.Null(results[3].Error);
            }

            Assert.Contains((await _volume.FindAsync(At("file")))!.Size, new[] { 7L, 900_000L });
            Assert.DoesNotContain(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal));
        }
        finally
        {
            using var unmount = Process.Start("umount", _folder.Path);
            await unmount.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Refused_permission_is_a_failure_of_the_disk()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "Needs a folder that nobody may write to.");
        var volume = new LocalVolume("/proc/self");
        Assert.IsType<IOException>(await RefusedAsync(volume, "file"), exactMatch: false);
        Assert.IsType<IOException>(await RefusedAsync(volume, "f/file"), exactMatch: false);
        await Assert.ThrowsAnyAsync<IOException>(() => volume.MakeFolderAsync(At("f")));
        Assert.IsType<IOException>(Assert.Single(await volume.RemoveAsync([At("status")])).Error, exactMatch: false);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_not_shown_and_goes_when_it_is_old_and_nobody_writes_it()
    {
        string[] names = [.. Enumerable.Range(0, 3).Select(n => $"f/.fichier-{n:x32}.tmp")];
        Directory.CreateDirectory(_folder["f"]);
        foreach (var name in names)
            _folder.Write(name, [1]);
        File.SetLastWriteTimeUtc(_folder[names[0]], _time.GetUtcNow().UtcDateTime.AddHours(-2));
        File.SetLastWriteTimeUtc(_folder[names[1]], _time.GetUtcNow().UtcDateTime.AddHours(-2));
        Assert.Empty((await _volume.ListAsync(At("f"))).Entries);
        Assert.Null(await _volume.FindAsync(At(names[0])));
        using (new FileStream(_folder[names[1]], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            await PutAsync(_volume, "f/file");
        Assert.Equal([_folder[names[1]], _folder[names[2]], _folder["f/file"]], Directory.GetFiles(_folder["f"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_holds_nothing_but_leftovers_is_empty()
    {
        Directory.CreateDirectory(_folder["f"]);
        _folder.Write($"f/.fichier-{1:x32}.tmp", [1]);
        using (new FileStream(_folder[$"f/.fichier-{1:x32}.tmp"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.IsType<FolderNotEmptyException>(Assert.Single(await _volume.RemoveAsync([At("f")])).Error);
        Assert.Null(Assert.Single(await _volume.RemoveAsync([At("f")])).Error);
        Assert.False(Directory.Exists(_folder["f"]));
    }

    [Fact]
    public async Task Nothing_is_left_beside_a_file_after_a_put_that_failed()
    {
        await PutAsync(_volume, "f/file");
        var bad = New("f/file", "short"u8.ToArray()) with { Length = 2_000_000 };
        Assert.IsType<FichierSourceException>(Assert.Single(await _volume.PutAsync([bad])).Error);
        Assert.Equal([_folder["f/file"]], Directory.GetFiles(_folder["f"]));
        Assert.Equal("content", await File.ReadAllTextAsync(_folder["f/file"]));
    }

    [Fact]
    public async Task A_durable_put_is_a_put()
    {
        var volume = new LocalVolume(_folder.Path, new LocalVolumeOptions { Durable = true });
        await PutAsync(volume, "f/file");
        await PutAsync(volume, "f/file");
        Assert.Equal("content", await File.ReadAllTextAsync(_folder["f/file"]));
    }

    [Fact]
    public async Task An_entry_has_a_number_that_stays_with_a_renamed_file_and_not_with_a_replaced_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Where the system tells.");
        await PutAsync(_volume, "file");
        var id = (await _volume.FindAsync(At("file")))!.Id;
        Assert.NotNull(id);
        await _volume.MoveAsync([new VolumeMove(At("file"), At("moved"))]);
        Assert.Equal(id, (await _volume.FindAsync(At("moved")))!.Id);
        await PutAsync(_volume, "moved");
        Assert.NotEqual(id, (await _volume.FindAsync(At("moved")))!.Id);
    }

    private static VolumePath At(string path) => VolumePath.Parse(path);

    private static NewFile New(string path, byte[] content) => new(At(path), content.Length, _ => new ValueTask<Stream>(new MemoryStream(content)));

    private static async Task PutAsync(IVolume volume, string path) => Assert.Null(Assert.Single(await volume.PutAsync([New(path, "content"u8.ToArray())])).Error);

    private static async Task<Exception?> RefusedAsync(IVolume volume, string path) => Assert.Single(await volume.PutAsync([New(path, "content"u8.ToArray())])).Error;
}

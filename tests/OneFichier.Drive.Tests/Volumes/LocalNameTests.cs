using System.Diagnostics;
using System.Text;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

/// <summary>The names on a Unix disk and the names they are shown under (docs/spec/local-volume.md).</summary>
public sealed class LocalNameTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LocalVolume _volume;

    public LocalNameTests() => _volume = new LocalVolume(_folder.Path);

    /// <summary>Disk name, name shown.</summary>
    public static TheoryData<string, string> Table => new()
    {
        { "plain", "plain" },
        { "a\uFF0Fb", "a\uFF0Fb" },
        { "a\u201B\uFF0Fb", "a\u201B\uFF0Fb" },
        { "n\u2400l", "n\0l" },
        { "n\u201B\u2400l", "n\u2400l" },
        { "x\u201B\u201By", "x\u201By" },
        { "x\u201By", "x\u201By" },
        { "\uFF0E", "." },
        { "\uFF0E\uFF0E", ".." },
        { "\u201B\uFF0E", "\uFF0E" },
        { "\uFF0E\uFF0E\uFF0E", "\uFF0E\uFF0E\uFF0E" },
        { "tab\u2409", "tab\u2409" },
        { "\uFF1A\uFF0A\u2420", "\uFF1A\uFF0A\u2420" },
        { " spaces ", " spaces " },
        { "\uFFFD", "\uFFFD" },
    };

    public void Dispose()
    {
        // .NET cannot remove what it cannot name.
        if (OperatingSystem.IsLinux())
            ShellAsync("rm -rf ./*").GetAwaiter().GetResult();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_disk_name_is_shown_found_opened_replaced_and_removed_under_one_name(string disk, string shown)
    {
        var path = VolumePath.Root.Combine(shown);
        _folder.Write(disk, [1]);
        Assert.Equal(path, Assert.Single((await _volume.ListAsync(VolumePath.Root)).Entries).Path);
        await using (var stream = await _volume.OpenAsync(path))
            Assert.Equal(1, stream.ReadByte());
        await _volume.PutAsync([new NewFile(path, 0, _ => new ValueTask<Stream>(Stream.Null))]);
        Assert.Equal(_folder[disk], Assert.Single(Directory.GetFiles(_folder.Path)));
        Assert.Equal(0, (await _volume.FindAsync(path))!.Size);
        Assert.Null(Assert.Single(await _volume.RemoveAsync([path])).Error);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Of_two_disk_names_shown_as_one_the_well_written_is_shown_and_the_listing_says_that_it_is_not_all()
    {
        _folder.Write("x\u201By", [1]);
        _folder.Write("x\u201B\u201By", [1, 2]);
        var contents = await _volume.ListAsync(VolumePath.Root);
        Assert.Equal(2, Assert.Single(contents.Entries).Size);
        Assert.Equal(2, (await _volume.FindAsync(VolumePath.Parse("x\u201By")))!.Size);
        Assert.False(contents.Complete);
        Assert.Contains("hidden", Assert.Single(contents.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_are_not_UTF8_are_told_of_and_confused_with_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only a Unix disk holds such names, and only through other programs.");
        await ShellAsync("printf 1 > \"$(printf 'bad\\377')\"; printf 22 > \"$(printf 'bad\\376')\"; printf 333 > \"$(printf 'lone\\377')\"");
        _folder.Write("bad\uFFFD", [1, 2, 3, 4]);
        var contents = await _volume.ListAsync(VolumePath.Root);
        Assert.Equal([("bad\uFFFD", 4L)], contents.Entries.Select(e => (e.Name, e.Size)));
        Assert.Equal(3, contents.Notes.Count);
        Assert.False(contents.Complete);
        Assert.Null(await _volume.FindAsync(VolumePath.Parse("lone\uFFFD")));
        await Assert.ThrowsAsync<PathNotFoundException>(() => _volume.OpenAsync(VolumePath.Parse("lone\uFFFD")));
    }

    [Fact]
    public async Task A_folder_with_a_name_that_cannot_be_shown_is_not_taken_for_empty()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only a Unix disk holds such names, and only through other programs.");
        await ShellAsync("mkdir f; printf 1 > \"f/$(printf 'bad\\377')\"");
        Assert.IsType<FolderNotEmptyException>(Assert.Single(await _volume.RemoveAsync([VolumePath.Parse("f")])).Error);
    }

    [Fact]
    public async Task A_name_no_disk_can_hold_or_that_is_for_unfinished_files_is_refused()
    {
        foreach (var name in new[] { "\ud800", "x\udcff", ".fichier-00112233445566778899aabbccddeeff.tmp" })
        {
            var path = VolumePath.Parse("f").Combine(name);
            var result = Assert.Single(await _volume.PutAsync([new NewFile(path, 0, _ => new ValueTask<Stream>(Stream.Null))]));
            Assert.IsType<IOException>(result.Error);
            Assert.Null(await _volume.FindAsync(path));
            Assert.Empty(Directory.GetFiles(_folder["f"]));
        }
    }

    [Fact]
    public async Task A_name_that_is_too_long_for_the_disk_is_refused_and_not_there()
    {
        var path = VolumePath.Parse(new string('n', 256));
        Assert.IsType<IOException>(Assert.Single(await _volume.PutAsync([new NewFile(path, 0, _ => new ValueTask<Stream>(Stream.Null))])).Error, exactMatch: false);
        Assert.Null(await _volume.FindAsync(path));
    }

    /// <summary>rclone shows paths in its standard form; what it reads as a name is that form decoded, and we must show the same.</summary>
    [Fact]
    public async Task Names_are_those_that_rclone_reads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Path.Exists("/usr/bin/rclone"), "There is no rclone here.");
        foreach (var disk in Table.Select(row => row.Data.Item1).Where(d => d != "x\u201By"))
            _folder.Write(disk, []);
        using var rclone = Process.Start(new ProcessStartInfo("/usr/bin/rclone", ["lsf", "--config", "/dev/null", _folder.Path]) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var standard = (await rclone.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await rclone.WaitForExitAsync();
        var ours = (await _volume.ListAsync(VolumePath.Root)).Entries.Select(e => Standard(e.Name));
        Assert.Equal(standard.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    /// <summary>rclone's standard form of a name (docs/spec/names.md): controls, DEL, slash and the dots replaced by look-alikes, true look-alikes and quotes quoted.</summary>
    private static string Standard(string segment)
    {
        var name = segment.Contains('\uFF0F') ? segment.Replace("\u201B\uFF0F", "\u0000S").Replace('\uFF0F', '/').Replace("\u0000S", "\uFF0F") : segment;
        var form = new StringBuilder();
        foreach (var c in name)
        {
            if (c is '\u201B' or '\uFF0F' or (>= '\u2400' and <= '\u241F') or '\u2421')
                form.Append('\u201B');
            form.Append(c switch { '/' => '\uFF0F', < ' ' => (char)(c + 0x2400), '\u007F' => '\u2421', _ => c });
        }

        return name switch
        {
            "." => "\uFF0E",
            ".." => "\uFF0E\uFF0E",
            "\uFF0E" => "\u201B\uFF0E",
            "\uFF0E\uFF0E" => "\u201B\uFF0E\u201B\uFF0E",
            _ => form.ToString(),
        };
    }

    private async Task ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = _folder.Path })!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }
}

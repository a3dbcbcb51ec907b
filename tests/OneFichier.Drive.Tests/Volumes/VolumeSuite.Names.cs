namespace OneFichier.Drive.Tests.Volumes;

public abstract partial class VolumeSuite
{
    /// <summary>Names that programs like to stumble over. All are distinct, and stay so.</summary>
    protected static IReadOnlyList<string> AwkwardNames { get; } =
    [
        "\u00e9", "e\u0301", "\ufb01", "fi", "A", "a", "\u0130", "i\u0307", " lead", "trail ", "  both  ", " ", "  ", "\u2420", "\u2420a", "a\u2420", "a b",
        ".", "..", "...", ".hidden", "dot.", "\uff0e", "\uff0e\uff0e", "~", "-rf", "--", "#x", "a:b", "a\uff1ab", "a*?b", "\uff0a", "a|b", "\uff5c", "%41", "\uff05",
        "it's", "\uff07", "say \"hi\"", "\uff02", "`run`", "\uff40", "$HOME", "\uff04", "<tag>", "\uff1c", "back\\slash", "\uff3c", "a\uff0fb", "a\u201b\uff0fb",
        "\u201b", "\u201bx", "x\u201b", "\u201b\u201b", "\u201b41", "\u2400", "\u201b\u2400", "nul\0", "ctl\u0001", "\u2401", "tab\t", "line\nbreak", "cr\r", "del\u007f", "\u2421",
        "\ufffd", "\u200b", "\u202eecba", "\ufeffbom", "\ud83d\ude80", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\u4e2d\u6587", "\u05e9\u05dc\u05d5\u05dd",
        "con", "NUL.txt", "desktop.ini", "a.part", "a.tmp", "name (1)", "100%", "a&b=c+d", "[x]{y}", "\u00a0", "\u3000wide", new('n', 210), string.Concat(Enumerable.Repeat("\u00e9", 105)),
    ];

    private string[] NamesHere => [.. AwkwardNames.Where(n => CannotHold(n) is null)];

    [Fact]
    public async Task Any_name_can_be_a_files_and_all_live_side_by_side()
    {
        var names = NamesHere;
        await PutAsync([.. names.Select((n, i) => New($"f/{n}", $"content {i}"))]);
        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync("f"));
        for (var i = 0; i < names.Length; i++)
        {
            Assert.Equal(At($"f/{names[i]}"), (await Volume.FindAsync(At($"f/{names[i]}")))!.Path);
            Assert.Equal($"content {i}", await TextAsync($"f/{names[i]}"));
        }

        Assert.All(await Volume.RemoveAsync([.. names.Select(n => At($"f/{n}"))]), r => Assert.Null(r.Error));
        Assert.Empty(await NamesAsync("f"));
    }

    [Fact]
    public async Task Any_name_can_be_a_folders()
    {
        var names = NamesHere;
        await PutAsync([.. names.Select((n, i) => New($"{n}/file", $"content {i}"))]);
        Assert.Equal(names.Order(StringComparer.Ordinal).Select(n => n + "/"), await NamesAsync());
        for (var i = 0; i < names.Length; i++)
            Assert.Equal($"content {i}", await TextAsync($"{names[i]}/file"));
    }

    [Fact]
    public async Task A_file_can_take_any_name_by_a_move()
    {
        await PutAsync(New("f/file", "content"));
        var at = "f/file";
        foreach (var name in NamesHere.Where((_, i) => i % 3 == 0))
        {
            Done(await MoveAsync(at, $"f/{name}"));
            at = $"f/{name}";
            Assert.Equal([name], await NamesAsync("f"));
        }

        Assert.Equal("content", await TextAsync(at));
    }

    [Fact]
    public async Task A_name_that_cannot_be_held_is_refused_and_never_changed()
    {
        foreach (var name in AwkwardNames.Where(n => CannotHold(n) is not null))
        {
            Assert.NotNull(await RefusedAsync(New($"f/{name}")));
            Assert.Null(await Volume.FindAsync(At($"f/{name}")));
        }

        await Volume.MakeFolderAsync(At("f"));
        Assert.Empty(await NamesAsync("f"));
    }
}

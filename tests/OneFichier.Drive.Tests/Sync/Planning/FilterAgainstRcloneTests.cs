using OneFichier.Drive.Sync;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>The same rules over the same tree give what the real rclone gives.</summary>
public sealed class FilterAgainstRcloneTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Files =
    [
        "a.txt", "b.jpg", "B.JPG", "a+b.c", "x(1).txt", "{odd}", "a]b", "[x]", "café.txt", "😀.jpg", "ab", "z1", "zd", "^$.|", "back\\slash", " space ", "#hash", ";semi", "star*.txt", "q?.txt",
        "sub/a.txt", "sub/b.jpg", "sub/deep/a.txt", "sub/deep/er/c.bin", "sub/😀", "Sub2/a.txt", "dir/x/a.txt", "dir/x/y/b.jpg", "dir/xy/z1", "dir.d/a", "a/b/c/d/e.txt", "a/a/a/a.txt",
        "empty-ish/.keep", "sub/deep/.ignore", "dir/[x]/f1", "dir/{odd}/f2", "photos/2024/jan/1.jpg", "photos/2025/feb/2.jpg", "photos/raw/1.RAW",
    ];

    private readonly TempFolder _folder = Fill();

    private static readonly string[] Globs =
    [
        "*.txt", "/*.txt", "sub/", "sub/**", "/sub/*", "**/deep/**", "*.{jpg,txt}", "{sub,dir}/**", "/{a,sub}/**", "?", "??", "/sub/?", "[a-c]*", "[!a]*", "[^a]*", "z[0-9]", @"z\d", "{{z\\d}}", "{{.*\\.jpg}}",
        "{{sub/(deep|x)}}/**", "a+b.c", "x(1).txt", @"\{odd\}", @"a\]b", @"\[x\]", "*", "**", "/", "", "a//b/**", "a/b/", "dir/*/a.txt", "dir/**/a.txt", "/dir/**.jpg", "**.jpg", "sub**", "{{[[:alpha:]]+}}", @"{{\p{Lu}.*}}",
        @"{{\x{1F600}.*}}", "{{[\\x{1F600}-\\x{1F64F}]}}.jpg", "{{[^😀]+}}", "{{.}}.jpg", "{{a{1}b?}}", "{{(?i)b\\.jpg}}", "{{(?s:.)b}}", "{{\\Qa+b.c\\E}}", "{{ab$|z1}}", "star\\*.txt", "q\\?.txt", "^$.|", @"back\\slash",
        "***", "{a", "a}", "[a", "a]", "{{a", "{{(?=a)}}", "{{(a)\\1}}", "{{a**}}", "{{[z-a]}}", @"x\", "{{\\h}}", "{{a{2000}}}",
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_rule_selects_the_same()
    {
        Assert.SkipUnless(RcloneList.Installed, "rclone is not installed");
        await Parallel.ForEachAsync(Globs, TestContext.Current.CancellationToken, async (glob, _) =>
        {
            await AgreesAsync(new FilterFlags { Include = [glob] }, ["--include", glob]);
            await AgreesAsync(new FilterFlags { Exclude = [glob], IgnoreCase = true }, ["--ignore-case", "--exclude", glob]);
        });
    }

    [Fact]
    public async Task Any_rules_together_select_the_same()
    {
        Assert.SkipUnless(RcloneList.Installed, "rclone is not installed");
        var seed = Environment.ProcessId;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var cases = Enumerable.Range(0, 100).Select(_ => RandomFlags(random)).ToList();
        await Parallel.ForEachAsync(cases, TestContext.Current.CancellationToken, async (c, _) => await AgreesAsync(c.Flags, c.Words));
    }

    [Fact]
    public async Task Lists_from_files_select_the_same()
    {
        Assert.SkipUnless(RcloneList.Installed, "rclone is not installed");
        var list = _folder.Write("rules", "# rules\r\n\n + sub/deep/** \n; more\n- *.jpg\n!\n- sub/**\n+ *.txt\n- *"u8);
        await AgreesAsync(new FilterFlags { FilterFrom = [list] }, ["--filter-from", list]);
        list = _folder.Write("globs", "*.txt \n\n#x\n/sub/**"u8);
        await AgreesAsync(new FilterFlags { IncludeFrom = [list] }, ["--include-from", list]);
        await AgreesAsync(new FilterFlags { ExcludeFrom = [list], Include = ["*.jpg", "*.bin"] }, ["--exclude-from", list, "--include", "*.jpg", "--include", "*.bin"]);
        list = _folder.Write("files", "/a.txt\n#hash\nsub/deep/er/c.bin\n\n space \nmissing\nsub\n"u8);
        await AgreesAsync(new FilterFlags { FilesFrom = [list] }, ["--files-from", list], filesOnly: true);
        await AgreesAsync(new FilterFlags { FilesFromRaw = [list] }, ["--files-from-raw", list], filesOnly: true);
        await AgreesAsync(new FilterFlags { FilesFrom = [list], Include = ["*"] }, ["--files-from", list, "--include", "*"]);
        await AgreesAsync(new FilterFlags { FilesFrom = [list], MinSize = "1" }, ["--files-from", list, "--min-size", "1"]);
    }

    [Theory]
    [InlineData("--min-size", "3")]
    [InlineData("--min-size", "3b")]
    [InlineData("--max-size", "0.01Ki")]
    [InlineData("--max-size", "12B")]
    [InlineData("--max-size", "off")]
    [InlineData("--min-age", "5d")]
    [InlineData("--max-age", "1w")]
    [InlineData("--max-age", "1M")]
    [InlineData("--min-age", "300h30m")]
    [InlineData("--max-age", "2026-01-02")]
    [InlineData("--max-age", "90x")]
    [InlineData("--min-size", "9Q")]
    [InlineData("--min-size", "iB")]
    [InlineData("--exclude-if-present", ".keep")]
    [InlineData("--exclude-if-present", ".ignore")]
    [InlineData("--exclude-if-present", "a.txt")]
    [InlineData("--max-depth", "1")]
    [InlineData("--max-depth", "3")]
    public async Task Sizes_ages_depth_and_markers_select_the_same(string flag, string text)
    {
        Assert.SkipUnless(RcloneList.Installed, "rclone is not installed");
        var flags = flag switch
        {
            "--min-size" => new FilterFlags { MinSize = text },
            "--max-size" => new FilterFlags { MaxSize = text },
            "--min-age" => new FilterFlags { MinAge = text },
            "--max-age" => new FilterFlags { MaxAge = text },
            "--max-depth" => new FilterFlags { MaxDepth = int.Parse(text) },
            _ => new FilterFlags { ExcludeIfPresent = [text] },
        };
        await AgreesAsync(flags, [flag, text], filesOnly: flag == "--max-depth");
    }

    private static TempFolder Fill()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["tree"]);
        for (var i = 0; i < Files.Length; i++)
        {
            var file = Path.Combine(folder["tree"], Files[i]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, new byte[i]);
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-17 * i));
        }

        return folder;
    }

    private async Task AgreesAsync(FilterFlags flags, string[] words, bool filesOnly = false)
    {
        var theirs = await RcloneList.ListAsync(_folder["tree"], words);
        var ours = Ours(flags);
        if (filesOnly)
        {
            theirs?.RemoveWhere(p => p.EndsWith('/'));
            ours?.RemoveWhere(p => p.EndsWith('/'));
        }

        Assert.True((theirs is null) == (ours is null), $"{string.Join(' ', words)}: rclone {(theirs is null ? "refuses" : "takes")} it");
        Assert.True(theirs is null || theirs.SetEquals(ours!), $"{string.Join(' ', words)}\nrclone: {string.Join(", ", theirs ?? [])}\nours: {string.Join(", ", ours ?? [])}");
    }

    private SortedSet<string>? Ours(FilterFlags flags)
    {
        try
        {
            return DiskWalk.List(_folder["tree"], new FilterBuilder(TimeProvider.System).Build(flags));
        }
        catch (FilterFlagException)
        {
            return null;
        }
    }

    private static (FilterFlags Flags, string[] Words) RandomFlags(Random random)
    {
        var flags = new FilterFlags { IgnoreCase = random.Next(4) == 0 };
        var words = new List<string>();
        if (flags.IgnoreCase)
            words.Add("--ignore-case");
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var glob = RandomGlob(random);
            (flags, var flag, var text) = random.Next(3) switch
            {
                0 => (flags with { Include = [.. flags.Include, glob] }, "--include", glob),
                1 => (flags with { Exclude = [.. flags.Exclude, glob] }, "--exclude", glob),
                _ => random.Next(2) == 0 ? (flags with { Filter = [.. flags.Filter, "+ " + glob] }, "--filter", "+ " + glob) : (flags with { Filter = [.. flags.Filter, "- " + glob] }, "--filter", "- " + glob),
            };
            words.AddRange([flag, text]);
        }

        return (flags, [.. words]);
    }

    private static string RandomGlob(Random random)
    {
        string[] parts = ["a", "b", "sub", "dir", "deep", "x", "*", "**", "?", "[a-d]", "[^x]", "{a,sub}", "{jpg,txt}", ".", ".txt", ".jpg", "{{[a-z]+}}", "1", "photos", "20", "/", "/", "/"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)]));
    }
}

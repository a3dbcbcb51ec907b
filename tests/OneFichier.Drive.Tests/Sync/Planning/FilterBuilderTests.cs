using OneFichier.Drive.Sync;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Sync.Planning;

public sealed class FilterBuilderTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Without_flags_everything_takes_part() => Assert.Same(TreeFilter.Everything, Build(new FilterFlags()));

    [Fact]
    public void Rules_are_asked_in_the_order_includes_excludes_filters()
    {
        var filter = Build(new FilterFlags { Filter = ["- *.jpg"], Exclude = ["b*"], Include = ["a.jpg", "b.jpg"] });
        Assert.True(Takes(filter, "a.jpg"));
        Assert.True(Takes(filter, "b.jpg"));
        Assert.False(Takes(filter, "bb"));
        Assert.False(Takes(filter, "c.txt"));
    }

    [Fact]
    public void What_cannot_take_part_is_not_entered()
    {
        var filter = Build(new FilterFlags { Include = ["/photos/2025/**"] });
        Assert.True(filter.Enters(VolumePath.Root));
        Assert.True(filter.Enters(VolumePath.Parse("photos")));
        Assert.True(filter.Enters(VolumePath.Parse("photos/2025/feb")));
        Assert.False(filter.Enters(VolumePath.Parse("photos/2024")));
        Assert.False(filter.Enters(VolumePath.Parse("sub")));
        Assert.False(Build(new FilterFlags { Exclude = ["cache/"] }).Enters(VolumePath.Parse("a/cache")));
        Assert.False(Build(new FilterFlags { MaxDepth = 1 }).Enters(VolumePath.Parse("a")));
    }

    [Fact]
    public void Sizes_and_ages_are_bounds_that_belong_to_the_range()
    {
        var filter = Build(new FilterFlags { MinSize = "10B", MaxSize = "20B", MinAge = "1h", MaxAge = "1d" });
        Assert.True(filter.Includes(File(10, _time.GetUtcNow().AddHours(-1))));
        Assert.True(filter.Includes(File(20, _time.GetUtcNow().AddHours(-24))));
        Assert.False(filter.Includes(File(9, _time.GetUtcNow().AddHours(-2))));
        Assert.False(filter.Includes(File(21, _time.GetUtcNow().AddHours(-2))));
        Assert.False(filter.Includes(File(15, _time.GetUtcNow())));
        Assert.False(filter.Includes(File(15, _time.GetUtcNow().AddHours(-25))));
        Assert.False(filter.Includes(File(15, null)));
    }

    [Fact]
    public void A_list_may_come_from_anywhere()
    {
        var filter = new FilterBuilder(_time, name => new StringReader(name == "-" ? "a/b.txt\n; no\n" : "")).Build(new FilterFlags { FilesFrom = ["-"] });
        Assert.True(Takes(filter, "a/b.txt"));
        Assert.True(filter.Enters(VolumePath.Parse("a")));
        Assert.False(Takes(filter, "a/c.txt"));
        Assert.False(filter.Enters(VolumePath.Parse("c")));
    }

    [Fact]
    public void A_flag_that_cannot_be_used_is_named_with_its_rule()
    {
        Assert.Contains("--include '[a'", Refusal(new FilterFlags { Include = ["ok", "[a"] }), StringComparison.Ordinal);
        Assert.Contains("--filter 'x'", Refusal(new FilterFlags { Filter = ["x"] }), StringComparison.Ordinal);
        Assert.Contains("--min-size '1Q'", Refusal(new FilterFlags { MinSize = "1Q" }), StringComparison.Ordinal);
        Assert.Contains("--max-age 'x'", Refusal(new FilterFlags { MaxAge = "x" }), StringComparison.Ordinal);
        Assert.Contains("--min-age '2d'", Refusal(new FilterFlags { MinAge = "2d", MaxAge = "1d" }), StringComparison.Ordinal);
        Assert.Contains("--exclude-from '/none/such'", Refusal(new FilterFlags { ExcludeFrom = ["/none/such"] }), StringComparison.Ordinal);
        Assert.Contains("--files-from '/none/such'", Refusal(new FilterFlags { FilesFrom = ["/none/such"], Exclude = ["a"] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{(a+)+b}}")]
    [InlineData("{{(a|a)*b}}")]
    [InlineData("{{(.*)(.*)(.*)(.*)(.*)b}}")]
    [InlineData("*a*a*a*a*a*a*a*a*a*b")]
    public void A_hostile_rule_takes_time_in_proportion_to_the_name(string glob)
    {
        var filter = Build(new FilterFlags { Include = [glob] });
        Assert.False(Takes(filter, new string('a', 50_000)));
    }

    [Theory]
    [InlineData("{{((a{1000}){1000}){1000}}}")]
    [InlineData("{{a{1001}}}")]
    public void A_rule_that_would_take_the_memory_is_refused(string glob) => Refusal(new FilterFlags { Include = [glob] });

    private TreeFilter Build(FilterFlags flags) => new FilterBuilder(_time).Build(flags);

    private string Refusal(FilterFlags flags) => Assert.Throws<FilterFlagException>(() => Build(flags)).Message;

    private static bool Takes(TreeFilter filter, string path) => filter.Includes(new Entry(VolumePath.Parse(path), IsFolder: false));

    private static Entry File(long size, DateTimeOffset? modTime) => new(VolumePath.Parse("f"), IsFolder: false) { Size = size, ModTime = modTime };
}

namespace OneFichier.Drive.Tests;

public sealed class VolumePathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/", "")]
    [InlineData("/a/b/", "a/b")]
    [InlineData("a//b", "a/b")]
    [InlineData("../a/./b", "../a/./b")]
    [InlineData(" a /B", " a /B")]
    public void It_reads_slashes_leniently_and_names_literally(string text, string path) =>
        Assert.Equal(path, VolumePath.Parse(text).ToString());

    [Fact]
    public void Two_are_equal_when_their_characters_are()
    {
        Assert.Equal(VolumePath.Parse("/a/"), VolumePath.Parse("a"));
        Assert.Equal(default, VolumePath.Parse("/"));
        Assert.NotEqual(VolumePath.Parse("a"), VolumePath.Parse("A"));
        Assert.NotEqual(VolumePath.Parse("\u00e9"), VolumePath.Parse("e\u0301"));
    }

    [Fact]
    public void Its_parts_put_together_are_itself()
    {
        var path = VolumePath.Parse("a/b/c");
        Assert.Equal(["a", "b", "c"], path.Segments);
        Assert.Equal("c", path.Name);
        Assert.Equal(path, path.Parent.Combine(path.Name));
        Assert.Equal(path, path.Segments.Aggregate(VolumePath.Root, (at, name) => at.Combine(name)));
        Assert.Equal(path, VolumePath.Parse("a").Combine(VolumePath.Parse("b/c")));
        Assert.Equal(path, VolumePath.Root.Combine(path).Combine(VolumePath.Root));
        Assert.Equal(VolumePath.Root, VolumePath.Parse("a").Parent);
        Assert.Equal(VolumePath.Root, VolumePath.Root.Parent);
        Assert.Empty(VolumePath.Root.Segments);
    }

    [Theory]
    [InlineData("a/b", "a", true)]
    [InlineData("a", "a", true)]
    [InlineData("ab", "a", false)]
    [InlineData("a", "a/b", false)]
    [InlineData("a", "", true)]
    [InlineData("", "a", false)]
    public void It_lies_within_itself_and_what_is_above(string path, string folder, bool within) =>
        Assert.Equal(within, VolumePath.Parse(path).IsWithin(VolumePath.Parse(folder)));

    [Theory]
    [InlineData("a/../b", true)]
    [InlineData(".", true)]
    [InlineData("a/.b/c..", false)]
    public void It_tells_what_a_shell_would_take_for_navigation(string path, bool dots) =>
        Assert.Equal(dots, VolumePath.Parse(path).HasDotSegments);

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_name_is_one_segment(string name) => Assert.Throws<ArgumentException>(() => VolumePath.Root.Combine(name));

    [Theory]
    [InlineData("a/b", 0, "a/b")]
    [InlineData("id:12", 12, "")]
    [InlineData("id:12/a/b", 12, "a/b")]
    public void A_remote_path_starts_at_the_root_or_at_a_number(string text, long start, string below)
    {
        var path = RemotePath.Parse(text);
        Assert.Equal(new RemotePath(new FolderId(start), VolumePath.Parse(below)), path);
        Assert.Equal(text, path.ToString());
    }

    [Fact]
    public void A_number_that_is_none_is_refused() => Assert.Throws<FormatException>(() => RemotePath.Parse("id:x/a"));
}

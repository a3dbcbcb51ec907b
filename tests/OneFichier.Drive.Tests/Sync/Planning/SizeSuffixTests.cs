using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

public sealed class SizeSuffixTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1", 1024L)]
    [InlineData("1.5", 1536L)]
    [InlineData("100B", 100L)]
    [InlineData("100b", 100L)]
    [InlineData("2k", 2048L)]
    [InlineData("2Ki", 2048L)]
    [InlineData("2KiB", 2048L)]
    [InlineData("1M", 1L << 20)]
    [InlineData("1.5G", 3L << 29)]
    [InlineData("1t", 1L << 40)]
    [InlineData("1PiB", 1L << 50)]
    [InlineData("1E", 1L << 60)]
    public void It_counts_in_powers_of_1024_and_KiB_without_a_suffix(string text, long bytes) => Assert.Equal(bytes, SizeSuffix.Parse(text));

    [Theory]
    [InlineData("off")]
    [InlineData("OFF")]
    public void Off_is_no_size(string text) => Assert.Null(SizeSuffix.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("-1")]
    [InlineData("1Q")]
    [InlineData("1BiB")]
    [InlineData("iB")]
    [InlineData("1 K")]
    [InlineData("1,5K")]
    [InlineData("9E")]
    [InlineData("NaN")]
    public void Anything_else_is_refused_and_named(string text) => Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => SizeSuffix.Parse(text)).Message, StringComparison.Ordinal);
}

using OneFichier.Hashing;

namespace OneFichier.Tests.Hashing;

public sealed class WhirlpoolHashTests
{
    private static readonly byte[] Counting = [.. Enumerable.Range(0xA0, WhirlpoolHash.Size).Select(value => (byte)value)];
    private static readonly string Digits = Convert.ToHexStringLower(Counting);

    [Fact]
    public void Reads_digits_of_either_case_and_writes_lower_case()
    {
        Assert.Equal(Digits, WhirlpoolHash.Parse(Digits).ToString());
        Assert.Equal(Digits, WhirlpoolHash.Parse(Digits.ToUpperInvariant()).ToString());
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("0a"), InlineData("no digits at all")]
    public void Refuses_what_is_not_a_checksum(string? text)
    {
        Assert.False(WhirlpoolHash.TryParse(text, out var hash));
        Assert.Equal(default, hash);
        Assert.Throws<FormatException>(() => WhirlpoolHash.Parse(text));
    }

    [Fact]
    public void Refuses_one_digit_too_many_or_too_few_and_any_stranger_among_them()
    {
        Assert.False(WhirlpoolHash.TryParse(Digits + "0", out _));
        Assert.False(WhirlpoolHash.TryParse(Digits.AsSpan(1), out _));
        Assert.False(WhirlpoolHash.TryParse(string.Concat(" ", Digits.AsSpan(1)), out _));
        Assert.False(WhirlpoolHash.TryParse(string.Concat(Digits.AsSpan(1), "g"), out _));
    }

    [Fact]
    public void Takes_and_gives_bytes_in_their_order()
    {
        var hash = WhirlpoolHash.FromBytes(Counting);
        Assert.Equal(Counting, hash.ToArray());
        Assert.Equal(WhirlpoolHash.Parse(Digits), hash);

        var destination = new byte[WhirlpoolHash.Size + 1];
        hash.CopyTo(destination);
        Assert.Equal([.. Counting, 0], destination);
    }

    [Fact]
    public void Refuses_any_other_number_of_bytes()
    {
        Assert.Throws<ArgumentException>(() => WhirlpoolHash.FromBytes(Counting.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => WhirlpoolHash.FromBytes([.. Counting, 0]));
        Assert.Throws<ArgumentException>(() => WhirlpoolHash.Empty.CopyTo(new byte[WhirlpoolHash.Size - 1]));
    }

    [Fact]
    public void Differs_if_any_one_bit_differs()
    {
        var hash = WhirlpoolHash.FromBytes(Counting);
        for (var bit = 0; bit < 8 * WhirlpoolHash.Size; bit++)
        {
            var bytes = hash.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(hash, WhirlpoolHash.FromBytes(bytes));
        }
    }

    [Fact]
    public void Finds_its_equal_in_a_set()
    {
        HashSet<WhirlpoolHash> known = [WhirlpoolHash.Empty, WhirlpoolHash.FromBytes(Counting)];
        Assert.Contains(WhirlpoolHash.Parse(Digits), known);
        Assert.DoesNotContain(default, known);
    }

    [Fact]
    public void Knows_the_checksum_of_an_empty_file() => Assert.Equal(Whirlpool.HashData([]), WhirlpoolHash.Empty);
}

using System.Security.Cryptography;
using OneFichier.Hashing;

namespace OneFichier.Tests.Hashing;

public sealed class WhirlpoolTests
{
    public static TheoryData<WhirlpoolImplementation> Implementations => [.. Enum.GetValues<WhirlpoolImplementation>()];

    [Theory, MemberData(nameof(Implementations))]
    public void Gives_the_checksums_of_the_standard_and_of_a_real_file(WhirlpoolImplementation implementation)
    {
        using var whirlpool = Create(implementation);
        foreach (var (content, expected) in WhirlpoolVectors.All())
        {
            whirlpool.AppendData(content);
            Assert.Equal(expected, whirlpool.GetHashAndReset());
        }
    }

    [Theory, MemberData(nameof(Implementations))]
    public void Is_indifferent_to_how_the_content_is_cut(WhirlpoolImplementation implementation)
    {
        using var whirlpool = Create(implementation);
        foreach (var (content, expected) in WhirlpoolVectors.All())
        {
            foreach (var piece in content.Chunk(content.Length < 1000 ? 1 : 997))
                whirlpool.AppendData(piece);
            Assert.Equal(expected, whirlpool.GetHashAndReset());
        }
    }

    [Fact]
    public void Refuses_an_implementation_the_processor_cannot_run()
    {
        const WhirlpoolImplementation Unknown = (WhirlpoolImplementation)99;
        Assert.False(Whirlpool.IsSupported(Unknown));
        Assert.Throws<PlatformNotSupportedException>(() => new Whirlpool(Unknown));
    }

    [Fact]
    public void Can_always_run_the_tables_and_chooses_a_supported_implementation_by_itself()
    {
        using var whirlpool = new Whirlpool();
        Assert.True(Whirlpool.IsSupported(WhirlpoolImplementation.Portable));
        Assert.NotEqual(WhirlpoolImplementation.Auto, whirlpool.Implementation);
        Assert.True(Whirlpool.IsSupported(whirlpool.Implementation));
    }

    [Fact]
    public void Can_be_peeked_at_without_disturbing_what_follows()
    {
        using var whirlpool = new Whirlpool();
        whirlpool.AppendData("Hello"u8);
        Assert.Equal(Whirlpool.HashData("Hello"u8), whirlpool.GetCurrentHash());
        whirlpool.AppendData(" world\n"u8);
        Assert.Equal(Whirlpool.HashData("Hello world\n"u8), whirlpool.GetHashAndReset());
        Assert.Equal(WhirlpoolHash.Empty, whirlpool.GetCurrentHash());
    }

    [Fact]
    public void Leaves_the_hash_under_way_alone_when_the_destination_is_too_short()
    {
        using var whirlpool = new Whirlpool();
        whirlpool.AppendData("abc"u8);
        Assert.False(whirlpool.TryGetHashAndReset(new byte[WhirlpoolHash.Size - 1], out var written));
        Assert.Equal(0, written);

        var destination = new byte[WhirlpoolHash.Size + 1];
        Assert.True(whirlpool.TryGetHashAndReset(destination, out written));
        Assert.Equal(Whirlpool.HashData("abc"u8).ToArray(), destination[..written]);
        Assert.Equal(WhirlpoolHash.Empty, whirlpool.GetCurrentHash());
    }

    [Fact]
    public async Task Reads_a_stream_from_where_it_stands_to_its_end()
    {
        var content = new byte[300_001];
        new Random(1).NextBytes(content);
        var expected = Whirlpool.HashData(content.AsSpan(1));
        using var stream = new MemoryStream(content);

        stream.Position = 1;
        Assert.Equal(expected, Whirlpool.HashData(stream));
        stream.Position = 1;
        Assert.Equal(expected, await Whirlpool.HashDataAsync(stream, TestContext.Current.CancellationToken));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task Stops_reading_a_stream_when_cancelled()
    {
        using var stream = new MemoryStream([1]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Whirlpool.HashDataAsync(stream, new CancellationToken(true)));
    }

    [Fact]
    public void Serves_as_a_HashAlgorithm_by_blocks()
    {
        using HashAlgorithm whirlpool = new Whirlpool();
        Assert.Equal(512, whirlpool.HashSize);
        for (var round = 0; round < 2; round++)
        {
            whirlpool.TransformBlock("xHello "u8.ToArray(), 1, 6, null, 0);
            whirlpool.TransformFinalBlock("world\n"u8.ToArray(), 0, 6);
            Assert.Equal(Whirlpool.HashData("Hello world\n"u8).ToArray(), whirlpool.Hash);
        }
    }

    [Fact]
    public async Task Serves_as_a_HashAlgorithm_by_streams_spans_and_arrays()
    {
        using HashAlgorithm whirlpool = new Whirlpool();
        var expected = Whirlpool.HashData("Hello world\n"u8).ToArray();
        var content = "Hello world\n"u8.ToArray();
        using var stream = new MemoryStream(content);

        Assert.Equal(expected, await whirlpool.ComputeHashAsync(stream, TestContext.Current.CancellationToken));
        Assert.Equal(expected, whirlpool.ComputeHash(content));
        var destination = new byte[WhirlpoolHash.Size];
        Assert.True(whirlpool.TryComputeHash(content, destination, out _));
        Assert.Equal(expected, destination);
        Assert.False(whirlpool.TryComputeHash(content, new byte[WhirlpoolHash.Size - 1], out _));
    }

    [Fact]
    public void Feeds_a_CryptoStream_on_the_way()
    {
        using var whirlpool = new Whirlpool();
        using (var stream = new CryptoStream(Stream.Null, whirlpool, CryptoStreamMode.Write))
            stream.Write("Hello world\n"u8);
        Assert.Equal(Whirlpool.HashData("Hello world\n"u8), WhirlpoolHash.FromBytes(whirlpool.Hash));
    }

    private static Whirlpool Create(WhirlpoolImplementation implementation)
    {
        Assert.SkipUnless(Whirlpool.IsSupported(implementation), $"{implementation} needs another processor.");
        return new Whirlpool(implementation);
    }
}

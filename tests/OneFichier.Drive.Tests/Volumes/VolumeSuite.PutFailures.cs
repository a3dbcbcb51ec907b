using OneFichier.Hashing;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

public abstract partial class VolumeSuite
{
    private static readonly byte[] Half = Pattern.Bytes(30_000);

    /// <summary>Sources that do not keep what they promise.</summary>
    public static TheoryData<string> BadSources => ["cannot be opened", "breaks in the middle", "ends early", "is empty", "gives too much", "has another checksum"];

    private static NewFile Bad(string path, string source) => source switch
    {
        "cannot be opened" => new NewFile(At(path), 7, _ => throw new IOException("It cannot be opened.")),
        "breaks in the middle" => new NewFile(At(path), 60_000, _ => new ValueTask<Stream>(new CutStream(Half, new IOException("It broke.")))),
        "ends early" => New(path, Half) with { Length = Half.Length + 1 },
        "is empty" => New(path, []) with { Length = 1 },
        "gives too much" => New(path, Half) with { Length = Half.Length - 1 },
        _ => New(path, Half) with { Checksum = WhirlpoolHash.Empty },
    };

    [Theory]
    [MemberData(nameof(BadSources))]
    public async Task A_bad_source_fails_alone_and_leaves_what_was_there(string source)
    {
        await PutAsync(New("f/old", "old content"));
        var results = await Volume.PutAsync([New("f/first", "1"), Bad("f/old", source), Bad("f/new", source), New("g/last", "2")]);
        Assert.Equal([true, false, false, true], results.Select(r => r.Error is null));
        Failed(results[1]);
        Assert.Equal("old content", await TextAsync("f/old"));
        Assert.Equal("old content".Length, (await Volume.FindAsync(At("f/old")))!.Size);
        Assert.Null(await Volume.FindAsync(At("f/new")));
        Assert.Equal(["first", "old"], await NamesAsync("f"));
        Assert.Equal(("1", "2"), (await TextAsync("f/first"), await TextAsync("g/last")));
    }

    [Fact]
    public async Task The_reasons_say_whose_fault_it_was()
    {
        Assert.IsType<FichierSourceException>(await RefusedAsync(Bad("file", "ends early")));
        Assert.IsType<FichierSourceException>(await RefusedAsync(Bad("file", "gives too much")));
        Assert.IsType<FichierIntegrityException>(await RefusedAsync(Bad("file", "has another checksum")));
    }

    [Fact]
    public async Task After_a_failure_the_same_put_with_a_good_source_succeeds()
    {
        await RefusedAsync(Bad("f/file", "breaks in the middle"));
        await PutAsync(New("f/file", Half) with { Checksum = Whirlpool.HashData(Half) });
        Assert.Equal(Half, await ReadAsync("f/file"));
    }

    [Fact]
    public async Task A_put_that_is_cancelled_in_the_middle_leaves_what_was_there()
    {
        await PutAsync(New("f/old", "old content"));
        using var cancel = new CancellationTokenSource();
        var endless = new NewFile(At("f/old"), 60_000, _ => new ValueTask<Stream>(new HangingStream(Half, cancel.Cancel)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Volume.PutAsync([endless, New("f/never")], null, cancel.Token));
        Assert.Equal("old content", await TextAsync("f/old"));
        Assert.Equal(["old"], await NamesAsync("f"));
    }
}

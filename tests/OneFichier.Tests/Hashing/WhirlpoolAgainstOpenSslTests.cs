using System.ComponentModel;
using System.Diagnostics;
using OneFichier.Hashing;

namespace OneFichier.Tests.Hashing;

public sealed class WhirlpoolAgainstOpenSslTests : IDisposable
{
    private const int Seed = 20_261_120;
    private const int Files = 150;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fichier-whirlpool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Agrees_on_every_length_around_a_block_and_on_random_lengths_cut_at_random()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var contents = Enumerable.Range(0, 130).Concat(Enumerable.Range(0, Files).Select(_ => random.Next(70_000)))
            .Select(length => Content(random, length)).ToList();
        var expected = await OpenSslAsync(contents, TestContext.Current.CancellationToken);

        foreach (var implementation in Enum.GetValues<WhirlpoolImplementation>().Where(Whirlpool.IsSupported))
        {
            using var whirlpool = new Whirlpool(implementation);
            for (var index = 0; index < contents.Count; index++)
                Assert.Equal(expected[index], HashInPieces(whirlpool, contents[index], random));
        }
    }

    private static byte[] Content(Random random, int length)
    {
        var content = new byte[length];
        random.NextBytes(content);
        return content;
    }

    private static WhirlpoolHash HashInPieces(Whirlpool whirlpool, ReadOnlySpan<byte> content, Random random)
    {
        while (!content.IsEmpty)
        {
            var piece = Math.Min(content.Length, random.Next(random.Next(2) == 0 ? 100 : 20_000));
            whirlpool.AppendData(content[..piece]);
            content = content[piece..];
        }

        return whirlpool.GetHashAndReset();
    }

    private async Task<List<WhirlpoolHash>> OpenSslAsync(List<byte[]> contents, CancellationToken cancellationToken)
    {
        var paths = contents.Select((_, index) => Path.Combine(_folder.FullName, $"{index}")).ToList();
        for (var index = 0; index < contents.Count; index++)
            await File.WriteAllBytesAsync(paths[index], contents[index], cancellationToken);

        using var process = Start(["dgst", "-provider", "legacy", "-provider", "default", "-whirlpool", "-r", .. paths]);
        var lines = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(cancellationToken);
        Assert.SkipUnless(process.ExitCode == 0, "This openssl has no Whirlpool.");
        return [.. lines.Select(line => WhirlpoolHash.Parse(line.AsSpan(0, 2 * WhirlpoolHash.Size)))];
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no openssl here.");
            throw;
        }
    }
}

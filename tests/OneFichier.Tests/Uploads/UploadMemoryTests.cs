using OneFichier.Testing;

namespace OneFichier.Tests.Uploads;

/// <summary>What a large form costs. Alone, because it weighs the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class UploadMemoryTests
{
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task Two_gigabytes_pass_in_constant_memory()
    {
        const long size = 2L << 30;
        await using var server = new RawServer(_ => RawReply.Accepted("x")) { DropBodies = true };
        using var client = server.Client();
        var node = await client.Uploads.GetNodeAsync();
        var before = GC.GetTotalAllocatedBytes();
        await client.Uploads.SendAsync(node, [Pattern.Endless("large", size)], new UploadSettings());
        var allocated = GC.GetTotalAllocatedBytes() - before;
        Assert.True(Assert.Single(server.Requests).Length > size);
        Assert.True(allocated < 256 << 20, $"{allocated >> 20} MiB were allocated.");
    }
}

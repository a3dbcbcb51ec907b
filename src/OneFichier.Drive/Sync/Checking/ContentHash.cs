using System.Buffers;
using OneFichier.Hashing;

namespace OneFichier.Drive.Sync;

/// <summary>Whirlpool of a file's content. While one buffer is hashed the next is read, so a file takes as long as the slower of the two.</summary>
public static class ContentHash
{
    private const int Largest = 1 << 20;

    /// <summary>Reads a file to its end. Two buffers of at most a megabyte are all it holds.</summary>
    /// <exception cref="PathNotFoundException">There is no such file.</exception>
    public static async Task<WhirlpoolHash> OfAsync(IVolume volume, Entry file, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(file);
        await using var content = await volume.OpenAsync(file.Path, default, cancellationToken);
        return await OfAsync(content, file.Size, bytesRead, cancellationToken);
    }

    private static async Task<WhirlpoolHash> OfAsync(Stream content, long size, IProgress<long>? bytesRead, CancellationToken cancellationToken)
    {
        using var whirlpool = new Whirlpool();
        var length = (int)Math.Clamp(size, 4096, Largest);
        using var front = new Buffer(length);
        using var back = new Buffer(length);
        var (full, empty) = (front, back);
        var count = await full.FillAsync(content, cancellationToken);
        while (count > 0)
        {
            var next = Task.Run(() => empty.FillAsync(content, cancellationToken).AsTask(), cancellationToken);
            whirlpool.AppendData(full.Bytes.AsSpan(0, count));
            bytesRead?.Report(count);
            count = await next;
            (full, empty) = (empty, full);
        }

        return whirlpool.GetHashAndReset();
    }

    private sealed class Buffer(int length) : IDisposable
    {
        public byte[] Bytes { get; } = ArrayPool<byte>.Shared.Rent(length);

        public ValueTask<int> FillAsync(Stream content, CancellationToken cancellationToken) => content.ReadAtLeastAsync(Bytes, Bytes.Length, throwOnEndOfStream: false, cancellationToken);

        public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);
    }
}

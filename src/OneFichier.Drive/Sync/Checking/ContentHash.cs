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
        var length = (int)Math.Clamp(size + 1, 4096, Largest);
        using var front = new Buffer(length);
        var count = await front.FillAsync(content, cancellationToken);
        if (count == front.Bytes.Length)
            count = await AlternateAsync(whirlpool, content, front, bytesRead, cancellationToken);
        whirlpool.AppendData(front.Bytes.AsSpan(0, count));
        bytesRead?.Report(count);
        return whirlpool.GetHashAndReset();
    }

    /// <summary>Hashes one full buffer while the next is filled, and ends with the last, which is not full, in the front one.</summary>
    private static async Task<int> AlternateAsync(Whirlpool whirlpool, Stream content, Buffer front, IProgress<long>? bytesRead, CancellationToken cancellationToken)
    {
        using var back = new Buffer(front.Bytes.Length);
        var count = front.Bytes.Length;
        while (count == front.Bytes.Length)
        {
            var next = Task.Run(() => back.FillAsync(content, cancellationToken).AsTask(), cancellationToken);
            whirlpool.AppendData(front.Bytes);
            count = await next;
            bytesRead?.Report(front.Bytes.Length);
            (front.Bytes, back.Bytes) = (back.Bytes, front.Bytes);
        }

        return count;
    }

    private sealed class Buffer(int length) : IDisposable
    {
        public byte[] Bytes { get; set; } = ArrayPool<byte>.Shared.Rent(length);

        public ValueTask<int> FillAsync(Stream content, CancellationToken cancellationToken) => content.ReadAtLeastAsync(Bytes, Bytes.Length, throwOnEndOfStream: false, cancellationToken);

        public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);
    }
}

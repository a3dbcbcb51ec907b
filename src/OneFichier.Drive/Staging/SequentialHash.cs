using OneFichier.Hashing;

namespace OneFichier.Drive.Staging;

/// <summary>The checksum of what is written from front to back.</summary>
internal sealed class SequentialHash : IDisposable
{
    private readonly Whirlpool _whirlpool = new();

    /// <summary>How much is in it.</summary>
    public long Length { get; private set; }

    /// <returns><see langword="null"/> when bytes change that are in it already.</returns>
    public SequentialHash? Continue(ReadOnlySpan<byte> data, long offset)
    {
        if (offset < Length)
            return null;
        if (offset > Length)
            return this;
        _whirlpool.AppendData(data);
        Length += data.Length;
        return this;
    }

    public WhirlpoolHash? Of(long length) => length == Length ? _whirlpool.GetCurrentHash() : null;

    public void Dispose() => _whirlpool.Dispose();
}

using System.Runtime.InteropServices;

namespace OneFichier.Drive;

/// <summary>A part of a file. The default value is the whole file.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many; <see langword="null"/> for all that follow.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ByteRange(long Offset, long? Length = null)
{
    /// <summary>The number of bytes this is of a file of <paramref name="size"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is negative or reaches beyond the file.</exception>
    public long LengthIn(long size)
    {
        var length = Length ?? size - Offset;
        if (Offset < 0 || length < 0 || Offset > size - length)
            throw new ArgumentOutOfRangeException(nameof(size), $"Bytes {Offset} to {Offset + length} of a file of {size}.");

        return length;
    }
}

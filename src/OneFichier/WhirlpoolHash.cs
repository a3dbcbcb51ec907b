using System.Buffers;
using System.Runtime.Intrinsics;

namespace OneFichier;

/// <summary>
/// The Whirlpool checksum of a file's content, in the final version of ISO/IEC 10118-3: what the service calls <c>checksum</c>.
/// </summary>
/// <remarks>
/// A plain value of 64 bytes; two are equal when all bytes are. The <see langword="default"/> value is 64 zero bytes and is
/// the checksum of nothing known: it stands for no file, the empty one included (see <see cref="Empty"/>).
/// </remarks>
public readonly record struct WhirlpoolHash
{
    /// <summary>The length of a checksum in bytes: 64. Written out it has twice as many hexadecimal digits.</summary>
    public const int Size = 64;

    private const string EmptyDigits =
        "19fa61d75522a4669b44e39c1d2e1726c530232130d407f89afee0964997f7a7" +
        "3e83be698b288febcf88e3e03c4f0757ea8964e59b63d93708b138cc42a66eb3";

    private readonly Vector512<byte> _bytes;

    private WhirlpoolHash(Vector512<byte> bytes) => _bytes = bytes;

    /// <summary>The checksum of content of no bytes.</summary>
    public static WhirlpoolHash Empty { get; } = Parse(EmptyDigits);

    /// <summary>Takes over 64 bytes, first byte first.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> does not hold exactly 64 bytes.</exception>
    public static WhirlpoolHash FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new(Vector512.Create(bytes))
        : throw new ArgumentException($"A Whirlpool checksum has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Reads 128 hexadecimal digits, of either case, with nothing before or after them.</summary>
    /// <exception cref="FormatException"><paramref name="digits"/> is anything else.</exception>
    public static WhirlpoolHash Parse(ReadOnlySpan<char> digits) => TryParse(digits, out var hash)
        ? hash
        : throw new FormatException($"A Whirlpool checksum is written as {2 * Size} hexadecimal digits.");

    /// <summary>Reads 128 hexadecimal digits, of either case, with nothing before or after them.</summary>
    /// <returns>Whether <paramref name="digits"/> was that. If not, <paramref name="hash"/> is the default value.</returns>
    public static bool TryParse(ReadOnlySpan<char> digits, out WhirlpoolHash hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (digits.Length != 2 * Size
            || Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
            return false;
        hash = FromBytes(bytes);
        return true;
    }

    /// <summary>Writes the 64 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 64 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Size)
            throw new ArgumentException($"A Whirlpool checksum needs room for {Size} bytes.", nameof(destination));
        _bytes.CopyTo(destination);
    }

    /// <summary>The 64 bytes in an array of their own.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The 128 lower-case hexadecimal digits the service writes.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A hash code made of the first four bytes, which are as evenly spread as any.</summary>
    public override int GetHashCode() => _bytes.AsInt32().ToScalar();
}

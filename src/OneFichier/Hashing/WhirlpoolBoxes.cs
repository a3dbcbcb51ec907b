namespace OneFichier.Hashing;

/// <summary>The constants of ISO/IEC 10118-3 clause 14: three boxes of sixteen entries, from which everything else follows.</summary>
internal static class WhirlpoolBoxes
{
    /// <summary>The number of rounds of the block cipher.</summary>
    public const int Rounds = 10;

    /// <summary>The exponential box E, four bits to four.</summary>
    public static ReadOnlySpan<byte> Exponential => [0x1, 0xB, 0x9, 0xC, 0xD, 0x6, 0xF, 0x3, 0xE, 0x8, 0x7, 0x4, 0xA, 0x2, 0x5, 0x0];

    /// <summary>The inverse of E.</summary>
    public static ReadOnlySpan<byte> Logarithm => [0xF, 0x0, 0xD, 0x7, 0xB, 0xE, 0x5, 0xA, 0x9, 0x2, 0xC, 0x1, 0x3, 0x4, 0x8, 0x6];

    /// <summary>The pseudo-random box R, four bits to four.</summary>
    public static ReadOnlySpan<byte> Random => [0x7, 0xC, 0xB, 0xD, 0xE, 0x4, 0x9, 0xF, 0x6, 0x3, 0x8, 0xA, 0x2, 0x5, 0x1, 0x0];

    /// <summary>First row of the circulant diffusion matrix.</summary>
    public static ReadOnlySpan<byte> Diffusion => [1, 1, 4, 1, 8, 5, 2, 9];

    /// <summary>The substitution of one byte.</summary>
    public static byte Substitute(int value)
    {
        var high = Exponential[value >> 4];
        var low = Logarithm[value & 15];
        var mix = Random[high ^ low];
        return (byte)(Exponential[high ^ mix] << 4 | Logarithm[low ^ mix]);
    }

    /// <summary>The product in the field of 256 elements whose polynomial is x^8 + x^4 + x^3 + x^2 + 1.</summary>
    public static byte Multiply(int left, int right)
    {
        var product = 0;
        for (; right != 0; right >>= 1, left = left << 1 ^ (left >> 7) * 0x11D)
            product ^= (right & 1) * left;
        return (byte)product;
    }
}

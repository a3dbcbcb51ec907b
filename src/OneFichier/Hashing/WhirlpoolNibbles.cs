namespace OneFichier.Hashing;

/// <summary>The substitution cut into look-ups of sixteen entries, for processors that do many of those at once.</summary>
/// <remarks>
/// The vector paths double a byte as <c>(x + x) ^ Doubling[x]</c>, where <c>Doubling</c> is a look-up that gives 0x1D, or 0 if the top bit is
/// set, and so leaves 0x1D too much in every byte. <see cref="Fix"/> in the substitution's result takes it away again: the entries of a row
/// of the diffusion matrix add up to 3, and 3 * 0x0B = 0x1D.
/// </remarks>
internal static class WhirlpoolNibbles
{
    public const byte Fix = 0x0B;
    public const byte Doubling = 0x1D;

    /// <summary>The share of the high nibble in the substituted byte, and of <see cref="Fix"/>, times <paramref name="factor"/>.</summary>
    public static byte[] High(int factor) => Scale(WhirlpoolBoxes.Exponential, 4, Fix, factor);

    /// <summary>The share of the low nibble in the substituted byte, times <paramref name="factor"/>.</summary>
    public static byte[] Low(int factor) => Scale(WhirlpoolBoxes.Logarithm, 0, 0, factor);

    private static byte[] Scale(ReadOnlySpan<byte> box, int shift, byte fix, int factor)
    {
        var table = new byte[box.Length];
        for (var index = 0; index < table.Length; index++)
            table[index] = WhirlpoolBoxes.Multiply(box[index] << shift ^ fix, factor);
        return table;
    }
}

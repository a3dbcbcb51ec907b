namespace OneFichier.Hashing;

internal static class WhirlpoolAvx2
{
    public static void Compress(ref WhirlpoolMatrix chain, ReadOnlySpan<byte> blocks) => WhirlpoolPortable.Compress(ref chain, blocks);
}

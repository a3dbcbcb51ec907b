using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>Salsa20 with twenty rounds, on several blocks at once.</summary>
internal static class SalsaKernel<T>
    where T : struct, ISalsaLanes<T>
{
    private const int DoubleRounds = 10;

    /// <summary>Combines <paramref name="source"/>, as long as the blocks side by side, with the key stream from block <paramref name="counter"/> on.</summary>
    public static void Xor(in SalsaWords<uint> state, uint counter, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var start = default(SalsaWords<T>);
        for (var i = 0; i < 16; i++)
            start[i] = T.Broadcast(state[i]);
        start[Salsa20.CounterWord] = T.CountFrom(counter);

        var words = Rounds(start);
        for (var i = 0; i < 16; i++)
            words[i] = T.Add(words[i], start[i]);
        T.XorBlocks(words, source, destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static SalsaWords<T> Rounds(SalsaWords<T> x)
    {
        T x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
        T x8 = x[8], x9 = x[9], x10 = x[10], x11 = x[11], x12 = x[12], x13 = x[13], x14 = x[14], x15 = x[15];
        for (var round = 0; round < DoubleRounds; round++)
        {
            Quarter(ref x0, ref x4, ref x8, ref x12);
            Quarter(ref x5, ref x9, ref x13, ref x1);
            Quarter(ref x10, ref x14, ref x2, ref x6);
            Quarter(ref x15, ref x3, ref x7, ref x11);
            Quarter(ref x0, ref x1, ref x2, ref x3);
            Quarter(ref x5, ref x6, ref x7, ref x4);
            Quarter(ref x10, ref x11, ref x8, ref x9);
            Quarter(ref x15, ref x12, ref x13, ref x14);
        }

        (x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]) = (x0, x1, x2, x3, x4, x5, x6, x7);
        (x[8], x[9], x[10], x[11], x[12], x[13], x[14], x[15]) = (x8, x9, x10, x11, x12, x13, x14, x15);
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(ref T a, ref T b, ref T c, ref T d)
    {
        b = T.Step(b, a, d, 7);
        c = T.Step(c, b, a, 9);
        d = T.Step(d, c, b, 13);
        a = T.Step(a, d, c, 18);
    }
}

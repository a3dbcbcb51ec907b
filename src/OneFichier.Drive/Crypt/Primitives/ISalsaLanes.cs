using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>One word of the Salsa20 state, of several blocks side by side.</summary>
internal interface ISalsaLanes<TSelf>
    where TSelf : struct, ISalsaLanes<TSelf>
{
    /// <summary>How many blocks.</summary>
    static abstract int Count { get; }

    /// <summary>The same word for every block.</summary>
    static abstract TSelf Broadcast(uint word);

    /// <summary>A number for the first block, one more for each that follows.</summary>
    static abstract TSelf CountFrom(uint first);

    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>(left + right) rotated to the left, on top of <paramref name="target"/>: the one step Salsa20 is made of.</summary>
    static abstract TSelf Step(TSelf target, TSelf left, TSelf right, [ConstantExpected] byte rotation);

    /// <summary>Writes the blocks one after the other, each combined with the bytes of <paramref name="source"/>.</summary>
    static abstract void XorBlocks(in SalsaWords<TSelf> words, ReadOnlySpan<byte> source, Span<byte> destination);
}

/// <summary>The sixteen words of the state.</summary>
[InlineArray(16)]
internal struct SalsaWords<T>
{
    private T _first;
}

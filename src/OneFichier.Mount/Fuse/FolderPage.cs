using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneFichier.Mount.Fuse;

/// <summary>A piece of a folder's content on its way to the kernel.</summary>
public sealed class FolderPage
{
    private readonly Memory<byte> _room;

    internal FolderPage(Memory<byte> room, long offset, bool plus) => (_room, Offset, Plus) = (room, offset, plus);

    /// <summary>Where to begin: zero, or what the last entry of an earlier page was given as <c>next</c>.</summary>
    public long Offset { get; }

    /// <summary>Whether each entry brings its node, counted as a lookup.</summary>
    public bool Plus { get; }

    internal int Length { get; private set; }

    /// <summary>Whether an entry of a name of so many bytes has room.</summary>
    public bool HasRoom(int nameLength) => Length + SizeOf(nameLength) <= _room.Length;

    /// <summary>Adds an entry, for which there MUST be room.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="next">Where a page after it begins.</param>
    /// <param name="inode">The number programs see.</param>
    /// <param name="mode">Its kind.</param>
    /// <param name="node">With <see cref="Plus"/>, the node; the default tells the kernel to look it up itself.</param>
    public void Add(ReadOnlySpan<byte> name, long next, ulong inode, uint mode, FuseNode node)
    {
        var span = _room.Span.Slice(Length, SizeOf(name.Length));
        span.Clear();
        if (Plus)
            MemoryMarshal.Write(span, EntryOut.Of(node));
        var plain = Plus ? span[Unsafe.SizeOf<EntryOut>()..] : span;
        MemoryMarshal.Write(plain, new FolderEntry(inode, (ulong)next, (uint)name.Length, (mode & FuseAttributes.Kind) >> 12));
        name.CopyTo(plain[Unsafe.SizeOf<FolderEntry>()..]);
        Length += span.Length;
    }

    private int SizeOf(int nameLength) => ((Plus ? Unsafe.SizeOf<EntryOut>() : 0) + Unsafe.SizeOf<FolderEntry>() + nameLength + 7) & ~7;
}

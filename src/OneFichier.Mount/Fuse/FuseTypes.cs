using System.Runtime.InteropServices;

namespace OneFichier.Mount.Fuse;

/// <summary>What <c>stat</c> shows of a node.</summary>
/// <param name="Inode">The number programs see.</param>
/// <param name="Mode">Kind and permissions.</param>
/// <param name="Size">Bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FuseAttributes(ulong Inode, uint Mode, long Size)
{
    /// <summary>The kind of a folder, in a mode.</summary>
    public const uint Folder = 0x4000;

    /// <summary>The kind of a file, in a mode.</summary>
    public const uint File = 0x8000;

    /// <summary>The bits of a mode that say the kind.</summary>
    public const uint Kind = 0xF000;

    /// <summary>Names it has.</summary>
    public uint Links { get; init; } = 1;

    public uint User { get; init; }

    public uint Group { get; init; }

    public DateTimeOffset ModTime { get; init; }

    public DateTimeOffset AccessTime { get; init; }

    public DateTimeOffset ChangeTime { get; init; }
}

/// <summary>A node and what is known of it.</summary>
/// <param name="Id">Its number; zero stands for nothing.</param>
/// <param name="Attributes">What <c>stat</c> shows.</param>
/// <param name="Valid">How long the kernel may believe both name and attributes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FuseNode(ulong Id, FuseAttributes Attributes, TimeSpan Valid);

/// <summary>An opened file.</summary>
/// <param name="Handle">Its number.</param>
/// <param name="KeepCache">Whether what the kernel holds of its content is still right.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FuseOpened(ulong Handle, bool KeepCache);

/// <summary>How a file is opened; the numbers of Linux on all machines .NET runs on.</summary>
[Flags]
public enum OpenIntent : uint
{
    ReadOnly = 0,
    WriteOnly = 1,
    ReadWrite = 2,
    Exclusive = 0x80,
    Truncate = 0x200,
}

/// <summary>Attributes to be changed; what is <see langword="null"/> stays.</summary>
public sealed record AttributeChange
{
    /// <summary>The handle through which it is asked, if any.</summary>
    public ulong? Handle { get; init; }

    public long? Size { get; init; }

    public uint? Mode { get; init; }

    public uint? User { get; init; }

    public uint? Group { get; init; }

    public DateTimeOffset? AccessTime { get; init; }

    public DateTimeOffset? ModTime { get; init; }
}

/// <summary>Room, in bytes.</summary>
/// <param name="Total">All there is.</param>
/// <param name="Free">What is left.</param>
/// <param name="LongestName">In bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FuseSpace(long Total, long Free, uint LongestName);

using System.Runtime.InteropServices;

namespace OneFichier.Mount.Fuse;

// The kernel's structures of linux/fuse.h, field for field, as they go to it.

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OutHeader(uint Length, int Error, ulong Unique);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InitOut(uint Major, uint Minor, uint MaxReadAhead, uint Flags)
{
    public ushort MaxBackground { get; init; }

    public ushort CongestionThreshold { get; init; }

    public uint MaxWrite { get; init; }

    public uint TimeGranularity { get; init; }

    public ushort MaxPages { get; init; }

    public ushort MapAlignment { get; init; }

    public uint Flags2 { get; init; }

    private readonly uint _unused1;
    private readonly ulong _unused2;
    private readonly ulong _unused3;
    private readonly ulong _unused4;
}

/// <summary>Seconds and nanoseconds of access, modification and change; what follows them in the kernel's structures follows at once.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct WireTimes(long Access, long Modified, long Changed, uint AccessNano, uint ModifiedNano, uint ChangedNano)
{
    private const int TicksPerNano = 100;

    public static WireTimes Of(in FuseAttributes of)
    {
        var (access, accessNano) = Split(of.AccessTime);
        var (modified, modifiedNano) = Split(of.ModTime);
        var (changed, changedNano) = Split(of.ChangeTime);
        return new WireTimes(access, modified, changed, accessNano, modifiedNano, changedNano);
    }

    public static DateTimeOffset Join(long seconds, uint nanoseconds)
    {
        var clamped = Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return DateTimeOffset.FromUnixTimeSeconds(clamped).AddTicks(nanoseconds / TicksPerNano);
    }

    private static (long Seconds, uint Nano) Split(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0 ? (seconds - 1, (uint)(rest + TimeSpan.TicksPerSecond) * TicksPerNano) : (seconds, (uint)rest * TicksPerNano);
    }
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WireAttributes(ulong Inode, ulong Size, ulong Blocks, WireTimes Times, uint Mode, uint Links, uint User, uint Group, uint Device, uint BlockSize, uint Flags)
{
    // Programs read and write in pieces of this size; without a cache for writes in the kernel each piece is a request.
    private const int PieceSize = 64 * 1024;

    public static WireAttributes Of(in FuseAttributes of) => new(
        of.Inode, (ulong)of.Size, ((ulong)of.Size + 511) / 512, WireTimes.Of(of), of.Mode, of.Links, of.User, of.Group, 0, PieceSize, 0);
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct EntryOut(ulong Node, ulong Generation, ulong EntryValid, ulong AttributesValid, uint EntryValidNano, uint AttributesValidNano, WireAttributes Attributes)
{
    public static EntryOut Of(in FuseNode node)
    {
        var (seconds, nano) = Validity.Of(node.Valid);
        return new EntryOut(node.Id, 0, seconds, seconds, nano, nano, node.Id == 0 ? default : WireAttributes.Of(node.Attributes));
    }
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AttributesOut(ulong Valid, uint ValidNano, uint Unused, WireAttributes Attributes)
{
    public static AttributesOut Of(in FuseNode node)
    {
        var (seconds, nano) = Validity.Of(node.Valid);
        return new AttributesOut(seconds, nano, 0, WireAttributes.Of(node.Attributes));
    }
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OpenOut(ulong Handle, uint Flags, uint Padding);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CreateOut(EntryOut Entry, OpenOut Open);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WriteOut(uint Size, uint Padding);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SeekOut(ulong Offset);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FolderEntry(ulong Inode, ulong NextOffset, uint NameLength, uint Kind);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct StatFsOut(ulong Blocks, ulong Free, ulong Available, ulong Files, ulong FreeFiles, uint BlockSize, uint NameLength, uint FragmentSize, uint Padding)
{
    private readonly ulong _spare1;
    private readonly ulong _spare2;
    private readonly ulong _spare3;
}

internal static class Validity
{
    public static (ulong Seconds, uint Nano) Of(TimeSpan time) => ((ulong)(time.Ticks / TimeSpan.TicksPerSecond), (uint)(time.Ticks % TimeSpan.TicksPerSecond) * 100);
}

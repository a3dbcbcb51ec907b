using System.Runtime.InteropServices;

namespace OneFichier.Mount.Fuse;

// The kernel's structures of linux/fuse.h, field for field, as they come from it.

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InHeader(uint Length, Opcode Opcode, ulong Unique, ulong Node, uint User, uint Group, uint Process, uint Padding);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InitIn(uint Major, uint Minor, uint MaxReadAhead, uint Flags);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct GetAttributesIn(uint Flags, uint Unused, ulong Handle);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SetAttributesIn(SetMask Valid, uint Padding, ulong Handle, ulong Size, ulong LockOwner, WireTimes Times, uint Mode, uint Unused1, uint User, uint Group, uint Unused2);

[Flags]
internal enum SetMask : uint
{
    Mode = 1 << 0,
    User = 1 << 1,
    Group = 1 << 2,
    Size = 1 << 3,
    AccessTime = 1 << 4,
    ModTime = 1 << 5,
    Handle = 1 << 6,
    AccessNow = 1 << 7,
    ModNow = 1 << 8,
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MakeNodeIn(uint Mode, uint Device, uint Umask, uint Padding);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MakeFolderIn(uint Mode, uint Umask);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RenameIn(ulong NewParent);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Rename2In(ulong NewParent, uint Flags, uint Padding);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OpenIn(OpenIntent Flags, uint MoreFlags);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CreateIn(OpenIntent Flags, uint Mode, uint Umask, uint MoreFlags);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ReleaseIn(ulong Handle, uint Flags, uint ReleaseFlags, ulong LockOwner);

/// <summary>Of a read and of a write, which differ in the meaning of nothing we look at.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TransferIn(ulong Handle, ulong Offset, uint Size, uint TransferFlags, ulong LockOwner, uint Flags, uint Padding);

/// <summary>Of a flush and of a sync, which both begin with the handle.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct HandleIn(ulong Handle);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AllocateIn(ulong Handle, ulong Offset, ulong Length, uint Mode, uint Padding);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SeekIn(ulong Handle, ulong Offset, uint Whence, uint Padding);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ForgetIn(ulong Lookups);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BatchForgetIn(uint Count, uint Unused);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ForgetOne(ulong Node, ulong Lookups);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InterruptIn(ulong Unique);

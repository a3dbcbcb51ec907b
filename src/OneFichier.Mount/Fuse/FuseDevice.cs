using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OneFichier.Mount.Fuse;

/// <summary>The open device through which one mount is served.</summary>
public sealed class FuseDevice : IDisposable
{
    /// <summary>The path of the device.</summary>
    public const string Path = "/dev/fuse";

    private readonly SafeFileHandle _file;

    internal FuseDevice(int descriptor) => _file = new SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>Why the device cannot be used here; <see langword="null"/> when it can.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
            return "Only Linux can mount.";
        if (!File.Exists(Path))
            return $"There is no {Path}: the kernel's fuse module is not loaded, or this is a container that was not given the device.";
        var file = Libc.Open(Path, Libc.ReadWriteCloseOnExec);
        if (file < 0)
            return $"{Path} cannot be opened: {Libc.LastError()}.";
        _ = Libc.Close(file);
        return null;
    }

    /// <summary>Opens the device, to be mounted.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static FuseDevice Open()
    {
        var file = Libc.Open(Path, Libc.ReadWriteCloseOnExec);
        return file >= 0 ? new FuseDevice(file) : throw new IOException($"{Path} cannot be opened: {Libc.LastError()}.");
    }

    internal int Descriptor => (int)_file.DangerousGetHandle();

    /// <summary>Waits for the next request.</summary>
    /// <returns>Its length; zero when the mount is gone.</returns>
    internal int Read(Span<byte> buffer)
    {
        while (true)
        {
            var length = Libc.Read(_file, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (length >= 0)
                return (int)length;
            switch ((Errno)Marshal.GetLastPInvokeError())
            {
                // ENOENT: the request was taken back before it was read.
                case Errno.EINTR or Errno.EAGAIN or Errno.ENOENT:
                    continue;
                case Errno.ENODEV or Errno.EBADF or Errno.ENOTCONN:
                    return 0;
                default:
                    throw new IOException($"{Path} cannot be read: {Libc.LastError()}.");
            }
        }
    }

    /// <summary>Sends a whole reply.</summary>
    /// <returns>The kernel's opinion; ENOENT when nobody waits for it any more.</returns>
    internal Errno Write(ReadOnlySpan<byte> reply) =>
        Libc.Write(_file, in MemoryMarshal.GetReference(reply), reply.Length) >= 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

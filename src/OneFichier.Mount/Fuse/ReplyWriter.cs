using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace OneFichier.Mount.Fuse;

/// <summary>Brings answers to the kernel, each in one piece: the header, and what is said right behind it.</summary>
internal sealed class ReplyWriter(FuseDevice device, ILogger logger)
{
    public static int HeaderSize => Unsafe.SizeOf<OutHeader>();

    /// <summary>A buffer with room for the header before so many bytes.</summary>
    public static byte[] Rent(int payload) => ArrayPool<byte>.Shared.Rent(HeaderSize + payload);

    public static void Return(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);

    public void Nothing(FuseRequest request) => Fail(request, Errno.None);

    public void Fail(FuseRequest request, Errno error)
    {
        Span<byte> reply = stackalloc byte[HeaderSize];
        Send(request, reply, error);
    }

    public void Say<T>(FuseRequest request, in T answer) where T : unmanaged
    {
        Span<byte> reply = stackalloc byte[HeaderSize + Unsafe.SizeOf<T>()];
        MemoryMarshal.Write(reply[HeaderSize..], in answer);
        Send(request, reply, Errno.None);
    }

    /// <summary>Sends a rented buffer, filled behind the header.</summary>
    public void Send(FuseRequest request, byte[] rented, int payload) => Send(request, rented.AsSpan(0, HeaderSize + payload), Errno.None);

    private void Send(FuseRequest request, Span<byte> reply, Errno error)
    {
        MemoryMarshal.Write(reply, new OutHeader((uint)reply.Length, -(int)error, request.Header.Unique));
        if (device.Write(reply) is var problem and not (Errno.None or Errno.ENOENT or Errno.ENODEV))
            logger.LogWarning("The kernel refused an answer to {Opcode}: {Error}.", request.Header.Opcode, problem);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneFichier.Mount.Fuse;

/// <summary>One request of the kernel: its header, what follows it, and the way to end it early.</summary>
internal sealed class FuseRequest(InHeader header, ReadOnlyMemory<byte> body, long startedAt) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private bool _answered;

    public static int HeaderSize => Unsafe.SizeOf<InHeader>();

    public InHeader Header => header;

    public ulong Node => header.Node;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>A stamp of the clock.</summary>
    public long StartedAt => startedAt;

    public CancellationToken Token => _end.Token;

    /// <summary>Whether the program behind it got a signal; if it is a deadly one the request ends.</summary>
    public bool Interrupted { get; set; }

    /// <summary>What the program is told when the request was ended early.</summary>
    public Errno EndedWith { get; private set; }

    public T Read<T>() where T : unmanaged => MemoryMarshal.Read<T>(body.Span);

    /// <summary>What comes after a structure.</summary>
    public ReadOnlyMemory<byte> After<T>() where T : unmanaged => body[Unsafe.SizeOf<T>()..];

    /// <summary>A name, and what comes after it.</summary>
    public static string Name(ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> rest)
    {
        var end = bytes.Span.IndexOf((byte)0);
        rest = end < 0 ? default : bytes[(end + 1)..];
        return FileNames.ToText(end < 0 ? bytes.Span : bytes.Span[..end]);
    }

    public void End(Errno with)
    {
        lock (_gate)
        {
            if (_answered || _end.IsCancellationRequested)
                return;
            EndedWith = with;
        }

        _end.Cancel();
    }

    public void Dispose()
    {
        lock (_gate)
            _answered = true;
        if (EndedWith == Errno.None)
            _end.Dispose();
    }
}

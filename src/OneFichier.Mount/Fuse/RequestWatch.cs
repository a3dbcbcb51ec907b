using System.Collections.Concurrent;

namespace OneFichier.Mount.Fuse;

/// <summary>The requests that are being answered: ends those whose program is dying, and those that take too long.</summary>
internal sealed class RequestWatch : IDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    // Bit 8 of the pending signals: to be killed. A signal that kills a program for want of a handler is turned into it by the kernel.
    private const ulong Killed = 1UL << 8;

    private readonly ConcurrentDictionary<ulong, FuseRequest> _pending = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly ITimer _rounds;

    public RequestWatch(TimeProvider time, TimeSpan patience)
    {
        (_time, _patience) = (time, patience);
        _rounds = time.CreateTimer(_ => LookAtAll(), null, Round, Round);
    }

    public void Begin(FuseRequest request) => _pending[request.Header.Unique] = request;

    public void End(FuseRequest request) => _pending.TryRemove(request.Header.Unique, out _);

    /// <summary>The program behind a request got a signal. One that it handles does not end what it waits for, as on a disk.</summary>
    public void Interrupt(ulong unique)
    {
        if (!_pending.TryGetValue(unique, out var request))
            return;
        request.Interrupted = true;
        LookAt(request);
    }

    public void Dispose() => _rounds.Dispose();

    private void LookAtAll()
    {
        foreach (var request in _pending.Values)
            LookAt(request);
    }

    private void LookAt(FuseRequest request)
    {
        if (request.Interrupted && IsDying(request.Header.Process))
            request.End(Errno.EINTR);
        else if (MayTakeLong(request.Header.Opcode) && _time.GetElapsedTime(request.StartedAt) > _patience)
            request.End(Errno.EIO);
    }

    // What waits for this machine's disk only is left to it.
    private static bool MayTakeLong(Opcode opcode) => opcode is not (Opcode.Write or Opcode.Flush or Opcode.Sync or Opcode.SyncFolder or Opcode.SyncAll or Opcode.Release);

    private static bool IsDying(uint process)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{process}/status"))
            {
                if (line.StartsWith("SigPnd:", StringComparison.Ordinal) || line.StartsWith("ShdPnd:", StringComparison.Ordinal))
                {
                    if ((Convert.ToUInt64(line[7..].Trim(), 16) & Killed) != 0)
                        return true;
                }
            }

            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}

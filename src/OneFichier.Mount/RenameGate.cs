using OneFichier.Drive;

namespace OneFichier.Mount;

/// <summary>Renames, one at a time; who missed something on their way may ask whether it has just moved.</summary>
internal sealed class RenameGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Tuple<VolumePath, VolumePath>? _now;

    /// <param name="from">The old place.</param>
    /// <param name="to">The new place.</param>
    /// <param name="rename">Does it, the table of nodes included.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    public async Task RunAsync(Func<VolumePath> from, Func<VolumePath> to, Func<VolumeMove, Task> rename, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var move = new VolumeMove(from(), to());
            _now = Tuple.Create(move.From, move.To);
            await rename(move);
        }
        finally
        {
            _now = null;
            _one.Release();
        }
    }

    /// <summary>Waits for a rename that concerns a path, if one is under way.</summary>
    public async ValueTask SettledAsync(VolumePath path, CancellationToken cancellationToken)
    {
        if (_now is not { } now || !(path.IsWithin(now.Item1) || path.IsWithin(now.Item2)))
            return;
        await _one.WaitAsync(cancellationToken);
        _one.Release();
    }

    public void Dispose() => _one.Dispose();
}

using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>Lets one request at a time change a path, so that what was checked still holds when it is acted upon.</summary>
internal sealed class PathGates
{
    private readonly Lock _lock = new();
    private readonly Dictionary<VolumePath, Gate> _gates = [];

    public async Task<IDisposable> EnterAsync(VolumePath path, CancellationToken cancellationToken)
    {
        var gate = Join(path);
        try
        {
            await gate.Turn.WaitAsync(cancellationToken);
            return new Pass(this, path, gate);
        }
        catch
        {
            Leave(path, gate);
            throw;
        }
    }

    /// <summary>For two paths, always in the same order, so that two requests never wait for each other.</summary>
    public async Task<IDisposable> EnterAsync(VolumePath one, VolumePath other, CancellationToken cancellationToken)
    {
        var inOrder = string.CompareOrdinal(one.ToString(), other.ToString()) < 0;
        var first = await EnterAsync(inOrder ? one : other, cancellationToken);
        try
        {
            return new Passes(first, await EnterAsync(inOrder ? other : one, cancellationToken));
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private Gate Join(VolumePath path)
    {
        lock (_lock)
        {
            if (!_gates.TryGetValue(path, out var gate))
                _gates.Add(path, gate = new Gate());
            gate.Users++;
            return gate;
        }
    }

    private void Leave(VolumePath path, Gate gate)
    {
        lock (_lock)
        {
            if (--gate.Users > 0)
                return;
            _gates.Remove(path);
            gate.Turn.Dispose();
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public int Users { get; set; }
    }

    private sealed class Pass(PathGates gates, VolumePath path, Gate gate) : IDisposable
    {
        public void Dispose()
        {
            gate.Turn.Release();
            gates.Leave(path, gate);
        }
    }

    private sealed class Passes(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            second.Dispose();
            first.Dispose();
        }
    }
}

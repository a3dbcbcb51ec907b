using OneFichier.Drive.Access;

namespace OneFichier.Drive.Tests.Access;

/// <summary>A budget in memory.</summary>
internal sealed class Meter(long budget) : IByteMeter
{
    private readonly Lock _gate = new();

    public long Up { get; private set; }

    public long Down { get; private set; }

    public long Take(ByteFlow flow, long wanted)
    {
        lock (_gate)
        {
            var taken = Math.Min(wanted, budget - Up - Down);
            Add(flow, taken);
            return taken;
        }
    }

    public void GiveBack(ByteFlow flow, long bytes)
    {
        lock (_gate)
            Add(flow, -bytes);
    }

    private void Add(ByteFlow flow, long bytes)
    {
        if (flow == ByteFlow.Up)
            Up += bytes;
        else
            Down += bytes;
    }
}

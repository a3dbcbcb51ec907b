namespace OneFichier.Testing;

/// <summary>Keeps what a transfer reports, at once and in order.</summary>
public sealed class EventList : IProgress<TransferEvent>
{
    private readonly Lock _gate = new();
    private readonly List<TransferEvent> _events = [];

    /// <summary>All so far.</summary>
    public IReadOnlyList<TransferEvent> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The texts of the notices.</summary>
    public IReadOnlyList<string> Notices => [.. All.OfType<TransferNotice>().Select(n => n.Text)];

    /// <inheritdoc/>
    public void Report(TransferEvent value)
    {
        lock (_gate)
        {
            _events.Add(value);
        }
    }
}

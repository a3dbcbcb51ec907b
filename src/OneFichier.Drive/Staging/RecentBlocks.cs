namespace OneFichier.Drive.Staging;

/// <summary>The last blocks that were read, in memory, since a block is often read in many small pieces.</summary>
internal sealed class RecentBlocks
{
    private const int Most = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ContentKey, long), LinkedListNode<((ContentKey, long) Name, byte[] Bytes)>> _blocks = [];
    private readonly LinkedList<((ContentKey, long) Name, byte[] Bytes)> _order = new();

    public byte[]? Find(ContentKey key, long block)
    {
        lock (_gate)
        {
            if (!_blocks.TryGetValue((key, block), out var node))
                return null;
            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Bytes;
        }
    }

    public void Add(ContentKey key, long block, byte[] bytes)
    {
        lock (_gate)
        {
            if (_blocks.ContainsKey((key, block)))
                return;
            _blocks[(key, block)] = _order.AddFirst(((key, block), bytes));
            if (_order.Count <= Most)
                return;
            _blocks.Remove(_order.Last!.Value.Name);
            _order.RemoveLast();
        }
    }
}

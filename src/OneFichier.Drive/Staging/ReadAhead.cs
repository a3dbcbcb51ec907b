namespace OneFichier.Drive.Staging;

/// <summary>
/// Follows those who read a file in order, several at once, and says how far to read ahead of each: not at all at first, then twice as far with each step. A jump begins anew and disturbs nobody.
/// For one thread at a time.
/// </summary>
internal sealed class ReadAhead(int most)
{
    private const int Streams = 8;

    private readonly LinkedList<Follower> _followers = new();

    /// <summary>Somebody reads a block.</summary>
    public Follower Next(long block)
    {
        for (var node = _followers.First; node is not null; node = node.Next)
        {
            var follower = node.Value;
            if (block < follower.At || block > follower.At + Math.Max(1, follower.Window))
                continue;
            if (block > follower.At)
                (follower.At, follower.Window) = (block, Math.Min(most, follower.Window * 2));
            _followers.Remove(node);
            _followers.AddFirst(node);
            return follower;
        }

        var fresh = new Follower { At = block, Window = 1, Seen = block + 1 };
        _followers.AddFirst(fresh);
        if (_followers.Count > Streams)
            _followers.RemoveLast();
        return fresh;
    }
}

/// <summary>Somebody who reads in order.</summary>
internal sealed class Follower
{
    /// <summary>The block read last.</summary>
    public required long At { get; set; }

    /// <summary>How many blocks, from that one on, should be there soon.</summary>
    public required int Window { get; set; }

    /// <summary>The first block of which nobody has looked yet whether it is there.</summary>
    public required long Seen { get; set; }
}

namespace OneFichier.Sandbox;

/// <summary>Download links given out.</summary>
internal sealed class TokenDesk
{
    private readonly Dictionary<string, DownloadToken> tokens = new(StringComparer.Ordinal);
    private readonly Queue<DownloadToken> ages = new();

    public void Add(DownloadToken token)
    {
        tokens.Add(token.Path, token);
        ages.Enqueue(token);
    }

    public DownloadToken? Find(string path) => tokens.GetValueOrDefault(path);

    public bool Has(string path) => tokens.ContainsKey(path);

    /// <summary>Forgets links nobody could use any more.</summary>
    public void Forget(DateTimeOffset madeBefore)
    {
        while (ages.TryPeek(out var oldest) && oldest.Made < madeBefore)
            tokens.Remove(ages.Dequeue().Path);
    }
}

/// <summary>A direct download link.</summary>
internal sealed class DownloadToken
{
    public required string Path { get; init; }

    public required StoredFile File { get; init; }

    public required AccountState Member { get; init; }

    public required DateTimeOffset Made { get; init; }

    public required string Address { get; init; }

    public required bool Single { get; init; }

    public required bool Inline { get; init; }

    public required bool BoundToAddress { get; init; }

    public int Uses { get; set; }
}

namespace OneFichier.Sandbox;

/// <summary>Ids and other arbitrary choices, the same for the same seed. Not safe for several threads at once.</summary>
internal sealed class IdSource(int seed)
{
    private const string LowerAlphanumerics = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LowerAlphanumerics;

    private readonly Random random = new(seed);

    public string FileId() => random.GetString(LowerAlphanumerics, 20);

    public string UploadId() => random.GetString(Alphanumerics, 10);

    public string RemovalCode() => random.GetString(LowerAlphanumerics, 8);

    public string ShareId() => random.GetString(Alphanumerics, 8);

    public string TokenPath() => (random.Next(2) == 0 ? "p" : "c") + random.NextInt64(100_000_000, 10_000_000_000);

    public int Next(int below) => random.Next(below);

    public void Shuffle<T>(T[] items) => random.Shuffle(items);
}

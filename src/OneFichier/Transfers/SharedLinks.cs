namespace OneFichier.Transfers;

/// <summary>One direct link for each file that is being read, shared by all who read it.</summary>
internal sealed class SharedLinks(DownloadClient downloads, TimeProvider time)
{
    private const int Most = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(FileLink, DirectLinkOptions?), (LinkKeeper Keeper, DateTimeOffset Used)> _keepers = [];

    public LinkKeeper Of(FileLink file, DirectLinkOptions? options)
    {
        if (options?.SingleUse == true)
        {
            return new LinkKeeper(downloads, file, options, time);
        }

        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_keepers.Count >= Most)
            {
                ForgetOlderThan(now - DirectLink.Lifetime);
            }

            var keeper = _keepers.TryGetValue((file, options), out var known) ? known.Keeper : new LinkKeeper(downloads, file, options, time);
            _keepers[(file, options)] = (keeper, now);
            return keeper;
        }
    }

    private void ForgetOlderThan(DateTimeOffset used)
    {
        foreach (var key in _keepers.Where(k => k.Value.Used < used).Select(k => k.Key).ToList())
        {
            _keepers.Remove(key);
        }
    }
}

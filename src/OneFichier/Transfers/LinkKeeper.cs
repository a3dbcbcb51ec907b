namespace OneFichier.Transfers;

/// <summary>Keeps one direct link of a file for as long as it may be used, and gets a new one only then (1fichier-api §2: five minutes).</summary>
internal sealed class LinkKeeper(DownloadClient downloads, FileLink file, DirectLinkOptions? options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private DirectLink? _link;

    public async Task<DirectLink> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_link is null || time.GetUtcNow() >= _link.Expires - Margin)
            {
                _link = await downloads.GetLinkAsync(file, options, cancellationToken).ConfigureAwait(false);
            }

            return _link;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Gives up a link that was refused; a newer one stays.</summary>
    public void Drop(DirectLink link) => Interlocked.CompareExchange(ref _link, null, link);
}

namespace OneFichier.Drive.Remote;

/// <summary>The room of an account, from the page that all processes share.</summary>
internal sealed class AccountSpace(AccountClient account, TimeProvider time)
{
    /// <summary>Whoever asks for room is a program in the middle of something else; a locked account must not hold it up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async ValueTask<VolumeSpace?> ReadAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return Of(await account.GetAsync(cancellationToken: either.Token));
        }
        catch (Exception e) when (e is FichierException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Of(await account.PeekAsync(cancellationToken));
        }
    }

    private static VolumeSpace? Of(AccountInfo? page)
    {
        if (page is null || (page.Storage.Hot ?? page.Storage.Cold ?? page.Storage.Allowed) is null)
            return null;
        var (hot, cold) = (page.Storage.Hot ?? 0, page.Storage.Cold ?? 0);
        var left = page.Storage.Available ?? page.Storage.Allowed - cold;
        return new VolumeSpace(hot + cold, left is { } room ? Math.Max(0, room) : null);
    }
}

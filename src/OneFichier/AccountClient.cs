using System.Text.Json;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>The account page. The service answers it once a minute per address and once in five minutes per user, so the last answer is kept and shared.</summary>
public sealed class AccountClient
{
    private readonly ApiChannel _api;
    private readonly AccountCache _cache;

    internal AccountClient(ApiChannel api, AccountCache cache) => (_api, _cache) = (api, cache);

    /// <summary>How old an answer is used without asking, unless told otherwise: the five minutes the service demands.</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The account page (<c>user/info</c>), from the shared answer where that is younger than <paramref name="maxAge"/>, or younger than five minutes whatever it says.
    /// An older answer is given, with its <see cref="AccountInfo.AsOf"/>, when the service cannot be asked now.
    /// </summary>
    public async Task<AccountInfo> GetAsync(TimeSpan? maxAge = null, CancellationToken cancellationToken = default)
    {
        var kept = await _cache.ReadAsync(cancellationToken).ConfigureAwait(false);
        var age = kept is null ? TimeSpan.MaxValue : _api.Options.Time.GetUtcNow() - kept.AsOf;
        if (kept is not null && age >= TimeSpan.Zero && age < (maxAge > DefaultMaxAge ? maxAge : DefaultMaxAge))
        {
            return AccountMapping.Info(kept.Answer, kept.AsOf);
        }

        try
        {
            return await AskAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FichierException e) when (e.IsTransient && kept is not null)
        {
            return AccountMapping.Info(kept.Answer, kept.AsOf);
        }
    }

    /// <summary>The kept answer alone, however old; never a request.</summary>
    public async Task<AccountInfo?> PeekAsync(CancellationToken cancellationToken = default) =>
        await _cache.ReadAsync(cancellationToken).ConfigureAwait(false) is { } kept ? AccountMapping.Info(kept.Answer, kept.AsOf) : null;

    /// <summary>Takes over the page that was kept in the state folder for an earlier key. Only where both keys are of the same account.</summary>
    public Task AdoptAsync(CancellationToken cancellationToken = default) => _cache.AdoptAsync(cancellationToken);

    /// <summary>
    /// Changes settings of the account; what stays <see langword="null"/> is left as it is. Counts as a reading of the account page. <see cref="GetAsync"/> shows the change
    /// at once where the service answers with the page, else when the kept page has grown old.
    /// </summary>
    public async Task SetAsync(AccountSettings settings, CancellationToken cancellationToken = default)
    {
        var answer = await _api.CallAsync(Call(), AccountMapping.Request(settings), WireJson.Default.AccountRequest, WireJson.Default.AccountAnswer, cancellationToken).ConfigureAwait(false);
        if (answer.Email is not null)
        {
            await _cache.WriteAsync(answer, _api.Options.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<AccountInfo> AskAsync(CancellationToken cancellationToken)
    {
        var answer = await _api.CallAsync(Call(), new EmptyRequest(), WireJson.Default.EmptyRequest, WireJson.Default.AccountAnswer, cancellationToken).ConfigureAwait(false);
        var asOf = _api.Options.Time.GetUtcNow();
        await _cache.WriteAsync(answer, asOf, cancellationToken).ConfigureAwait(false);
        return AccountMapping.Info(answer, asOf);
    }

    private ApiCall Call() => new("user/info", null, _api.Options.Priority);
}

namespace OneFichier.Governor;

/// <summary>
/// Lets no governed request leave before the budget allows it, and records what became of it. A request that carries an <see cref="ApiCall"/> under
/// <see cref="ApiCall.OptionsKey"/> is governed; any other passes untouched.
/// </summary>
/// <remarks>
/// A request the service refuses for flooding was not carried out: it is sent again after the pause, within <see cref="FichierOptions.MaxWait"/>. Its content must
/// therefore be one that can be sent twice, as a byte array. Time limits for the wire belong inside this handler, since the wait for the budget does not count.
/// </remarks>
public sealed class GovernorHandler : DelegatingHandler
{
    private const int MostSends = 6;

    private readonly RequestBudget _budget;
    private readonly FichierOptions _options;

    /// <summary>Governs with a budget that others may share.</summary>
    public GovernorHandler(RequestBudget budget, FichierOptions options) => (_budget, _options) = (budget, options);

    /// <summary>Governs with a budget of its own on a ledger.</summary>
    public GovernorHandler(IBudgetLedger ledger, FichierOptions options) : this(new RequestBudget(ledger, options.Time), options) { }

    /// <inheritdoc/>
    /// <exception cref="FichierFloodException">The wait would be longer than <see cref="FichierOptions.MaxWait"/>. Nothing was done.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Options.TryGetValue(ApiCall.OptionsKey, out var call))
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var waited = TimeSpan.Zero;
        for (var sends = 1; ; sends++)
        {
            var asked = _options.Time.GetTimestamp();
            var permit = await _budget.AcquireAsync(call, Left(waited), cancellationToken).ConfigureAwait(false);
            waited += _options.Time.GetElapsedTime(asked);
            var (response, flood) = await SendAsync(request, permit, cancellationToken).ConfigureAwait(false);
            if (flood is not { MayResend: true } || sends == MostSends)
                return response;
            response.Dispose();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The request is governed: a thread must not be held while the budget is waited for.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Options.TryGetValue(ApiCall.OptionsKey, out _)
            ? throw new NotSupportedException("A governed request may have to wait; send it asynchronously.")
            : base.Send(request, cancellationToken);
    }

    private TimeSpan Left(TimeSpan waited) => _options.MaxWait > waited ? _options.MaxWait - waited : TimeSpan.Zero;

    private async Task<(HttpResponseMessage Response, FloodNotice? Flood)> SendAsync(
        HttpRequestMessage request, BudgetPermit permit, CancellationToken cancellationToken)
    {
        var outcome = cancellationToken.IsCancellationRequested ? BudgetOutcome.NotSent : BudgetOutcome.Done;
        HttpResponseMessage? response = null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var beginning = await PeekedBody.PeekAsync(response, cancellationToken).ConfigureAwait(false);
            var flood = FloodReader.Read(response, beginning, permit.Call.Endpoint, _options.Time.GetUtcNow());
            outcome = flood is null ? BudgetOutcome.Done : BudgetOutcome.Refused(flood);
            return (response, flood);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
        finally
        {
            if (outcome.WasSent)
                FichierMetrics.CountRequest();
            await _budget.CompleteAsync(permit, outcome, CancellationToken.None).ConfigureAwait(false);
        }
    }
}

using OneFichier.Wire;

namespace OneFichier;

/// <summary>Vouchers of resellers (1fichier-api §3.20; known from one source only).</summary>
public sealed class VoucherClient
{
    private readonly ApiChannel _api;

    internal VoucherClient(ApiChannel api) => _api = api;

    /// <summary>The vouchers this account holds.</summary>
    public async Task<IReadOnlyList<Voucher>> ListAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _api.CallAsync(Call("vouchers/ls"), new EmptyRequest(), WireJson.Default.EmptyRequest, WireJson.Default.VoucherListAnswer, cancellationToken).ConfigureAwait(false);
        return [.. (answer.Data ?? []).Where(v => v.Voucher is not null).Select(v => new Voucher(v.Voucher!, v.Service))];
    }

    /// <summary>What a voucher is good for.</summary>
    public async Task<Voucher> CheckAsync(string voucher, CancellationToken cancellationToken = default)
    {
        var answer = await _api.CallAsync(Call("vouchers/check"), new VoucherRequest(voucher, null), WireJson.Default.VoucherRequest, WireJson.Default.VoucherAnswer, cancellationToken).ConfigureAwait(false);
        return new Voucher(voucher, answer.Service);
    }

    /// <summary>Spends a voucher on a member's account.</summary>
    public Task UseAsync(string voucher, string userEmail, CancellationToken cancellationToken = default) =>
        _api.CallAsync(
            Call("vouchers/use"), new VoucherRequest(voucher, userEmail), (WireJson.Default.VoucherRequest, WireJson.Default.VoucherAnswer), Repeat.WhenRefused, cancellationToken);

    private ApiCall Call(string endpoint) => new(endpoint, null, _api.Options.Priority);
}

/// <summary>A voucher.</summary>
/// <param name="Code">32 characters.</param>
/// <param name="Service">What it is good for, in the service's words.</param>
public sealed record Voucher(string Code, string? Service);

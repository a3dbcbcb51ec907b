using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OneFichier.Wire;

/// <summary>The last account page, in memory and, where the client has a state folder, in a file for the owner alone.</summary>
internal sealed class AccountCache(KeyGuard guard, FichierOptions options)
{
    private readonly string? _path = options.StateFolder is { } folder ? Path.Combine(folder, "account.json") : null;
    private AccountCacheFile? _kept;

    public async Task<AccountCacheFile?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_path is null || !File.Exists(_path))
        {
            return _kept;
        }

        try
        {
            var file = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false), WireJson.Default.AccountCacheFile);
            return file is { Version: 1 } && file.Owner == await OwnerAsync(cancellationToken).ConfigureAwait(false) ? file : _kept;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return _kept;
        }
    }

    /// <summary>Makes the page that is kept in the folder this key's, whichever key of the same service it was asked with.</summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        if (_path is null || !File.Exists(_path))
        {
            return;
        }

        try
        {
            var file = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false), WireJson.Default.AccountCacheFile);
            var owner = await OwnerAsync(cancellationToken).ConfigureAwait(false);
            if (file is { Version: 1 } && file.Owner != owner && file.Owner.EndsWith($" {options.ApiBase.Host}", StringComparison.Ordinal))
            {
                await WriteAsync(file.Answer, file.AsOf, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            options.Logger?.LogWarning("The account page in {Path} could not be taken over: {Reason}", _path, e.Message);
        }
    }

    private async ValueTask<string> OwnerAsync(CancellationToken cancellationToken) =>
        $"{(await guard.CurrentAsync(cancellationToken).ConfigureAwait(false))?.Fingerprint} {options.ApiBase.Host}";

    public async Task WriteAsync(AccountAnswer answer, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        _kept = new AccountCacheFile { Owner = await OwnerAsync(cancellationToken).ConfigureAwait(false), AsOf = asOf, Answer = answer };
        if (_path is null)
        {
            return;
        }

        try
        {
            await PrivateFile.ReplaceAsync(_path, JsonSerializer.SerializeToUtf8Bytes(_kept, WireJson.Default.AccountCacheFile), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            options.Logger?.LogWarning("The account page could not be kept in {Path}: {Reason}", _path, e.Message);
        }
    }
}

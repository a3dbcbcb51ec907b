using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OneFichier.Wire;

/// <summary>The last account page, in memory and, where the client has a state folder, in a file for the owner alone.</summary>
internal sealed class AccountCache(FichierOptions options)
{
    private readonly string? _path = options.StateFolder is { } folder ? Path.Combine(folder, "account.json") : null;
    private readonly string _owner = $"{options.Key?.Fingerprint} {options.ApiBase.Host}";
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
            return file is { Version: 1 } && file.Owner == _owner ? file : _kept;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return _kept;
        }
    }

    public async Task WriteAsync(AccountAnswer answer, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        _kept = new AccountCacheFile { Owner = _owner, AsOf = asOf, Answer = answer };
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

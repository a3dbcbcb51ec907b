using System.Security.Cryptography;
using System.Text.Json;

namespace OneFichier.Server.Keys;

/// <summary>
/// Keys in encrypted files, one for each account. The data key that opens them is kept in another folder, so that a copy of either
/// (a backup of the configuration, a synced home) gives nothing away; a passphrase, where the user sets one, is needed besides.
/// </summary>
/// <param name="folder">Where the encrypted files are; made for the owner only.</param>
/// <param name="dataKeyFile">Where the data key is; made at the first save.</param>
/// <param name="passphrase">The passphrase, or <see langword="null"/>.</param>
/// <param name="time">The clock of waiting for another process that writes.</param>
public sealed class FileKeyStore(string folder, string dataKeyFile, string? passphrase, TimeProvider time) : IKeyStore
{
    /// <inheritdoc/>
    public string Name => "file";

    /// <inheritdoc/>
    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <inheritdoc/>
    public Task<ApiKey?> FindAsync(string account, CancellationToken cancellationToken)
    {
        var path = PathOf(account);
        return SecretFile.Read(path) is { } bytes ? Task.FromResult<ApiKey?>(Open(path, bytes)) : Task.FromResult<ApiKey?>(null);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(string account, ApiKey key, CancellationToken cancellationToken)
    {
        using var held = await FolderLock.AcquireAsync(folder, time, cancellationToken);
        RemoveLeftovers();
        var sealedKey = SealedKey.Seal(account, key, await DataKeyAsync(cancellationToken), passphrase);
        await PrivateFile.ReplaceAsync(PathOf(account), sealedKey.ToBytes(), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string account, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(account)))
            return false;

        using var held = await FolderLock.AcquireAsync(folder, time, cancellationToken);
        RemoveLeftovers();
        File.Delete(PathOf(account));
        return true;
    }

    /// <inheritdoc/>
    public string Describe(string account)
    {
        var path = PathOf(account);
        var readers = File.Exists(path) ? SecretFile.Readers(path) : "nobody yet";
        var also = passphrase is null ? "" : " and a passphrase";
        return $"encrypted file {path} (readable by {readers}), opened by {dataKeyFile}{also}";
    }

    private string PathOf(string account) => Path.Combine(folder, account + ".key");

    private ApiKey Open(string path, byte[] bytes)
    {
        try
        {
            var box = SealedKey.Read(bytes);
            if (box.Iterations > 0 && passphrase is null)
                throw new FichierKeyException("The stored key needs its passphrase.") { Remedy = "Set FICHIER_PASSPHRASE." };

            var dataKey = SecretFile.Read(dataKeyFile) ?? throw Unreadable(path, $"the data key '{dataKeyFile}' is missing", null);
            return box.Open(dataKey, passphrase);
        }
        catch (CryptographicException e)
        {
            throw Unreadable(path, "the data key or the passphrase is another one, or the file was changed", e);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Unreadable(path, e is JsonException { LineNumber: null } ? e.Message : "it is damaged", e);
        }
    }

    private static FichierKeyException Unreadable(string path, string reason, Exception? cause) =>
        new($"The stored key in '{path}' cannot be read: {reason}.", cause) { Remedy = $"Store it again: fichier login (the key is at {ApiKey.PageUrl})" };

    private async Task<byte[]> DataKeyAsync(CancellationToken cancellationToken)
    {
        if (SecretFile.Read(dataKeyFile) is not { } known)
        {
            PrivateFile.MakeFolder(Path.GetDirectoryName(dataKeyFile)!);
            await SecretFile.CreateAsync(dataKeyFile, RandomNumberGenerator.GetBytes(32), cancellationToken);
            known = SecretFile.Read(dataKeyFile)!;
        }

        return known.Length == 32
            ? known
            : throw new FichierKeyException($"The data key '{dataKeyFile}' is damaged.") { Remedy = "Remove it, then run: fichier login" };
    }

    private void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, "*.new"))
            File.Delete(leftover);
    }
}

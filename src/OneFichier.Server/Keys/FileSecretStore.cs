using System.Security.Cryptography;
using System.Text.Json;

namespace OneFichier.Server.Keys;

/// <summary>
/// Secrets in encrypted files, one for each. The data key that opens them is kept in another folder, so that a copy of either
/// (a backup of the configuration, a synced home) gives nothing away; a passphrase, where the user sets one, is needed besides.
/// </summary>
/// <param name="folder">Where the encrypted files are; made for the owner only.</param>
/// <param name="dataKeyFile">Where the data key is; made at the first save.</param>
/// <param name="passphrase">The passphrase, or <see langword="null"/>.</param>
/// <param name="time">The clock of waiting for another process that writes.</param>
public sealed class FileSecretStore(string folder, string dataKeyFile, string? passphrase, TimeProvider time) : ISecretStore
{
    /// <inheritdoc/>
    public string Name => "file";

    /// <inheritdoc/>
    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <inheritdoc/>
    public Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return Task.FromResult(SecretFile.Read(path) is { } bytes ? Open(path, bytes) : null);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(string name, string secret, CancellationToken cancellationToken)
    {
        using var held = await FolderLock.AcquireAsync(folder, time, cancellationToken);
        RemoveLeftovers();
        var box = SealedSecret.Seal(name, secret, await DataKeyAsync(cancellationToken), passphrase);
        await PrivateFile.ReplaceAsync(PathOf(name), box.ToBytes(), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(name)))
            return false;

        using var held = await FolderLock.AcquireAsync(folder, time, cancellationToken);
        RemoveLeftovers();
        File.Delete(PathOf(name));
        return true;
    }

    /// <inheritdoc/>
    public string Describe(string name)
    {
        var path = PathOf(name);
        var readers = File.Exists(path) ? SecretFile.Readers(path) : "nobody yet";
        var also = passphrase is null ? "" : " and a passphrase";
        return $"encrypted file {path} (readable by {readers}), opened by {dataKeyFile}{also}";
    }

    private string PathOf(string name) => Path.Combine(folder, name + ".key");

    private string Open(string path, byte[] bytes)
    {
        try
        {
            var box = SealedSecret.Read(bytes);
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

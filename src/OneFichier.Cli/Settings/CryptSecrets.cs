using OneFichier.Cli.Terminal;
using OneFichier.Drive.Crypt;
using OneFichier.Server.Keys;

namespace OneFichier.Cli.Settings;

/// <summary>The passwords of encrypted remotes, in the stores that keep the keys of accounts.</summary>
internal sealed class CryptSecrets(KeyVault vault, Redactor redactor)
{
    /// <summary>The keys of an encrypted remote, derived from its stored passwords.</summary>
    /// <exception cref="CliException">The passwords are not there.</exception>
    public async Task<CryptKeys> KeysAsync(string name, CryptRecord record, CancellationToken cancellationToken)
    {
        var store = vault.Named(record.Store) ?? throw Missing(name);
        var password = Hidden(await store.FindAsync(CryptRecord.SecretOf(name, salt: false), cancellationToken)) ?? throw Missing(name);
        return CryptKeys.Derive(password, Hidden(await store.FindAsync(CryptRecord.SecretOf(name, salt: true), cancellationToken)));
    }

    /// <summary>Stores the passwords of a remote: the secrets first, so that a record never lacks them.</summary>
    /// <returns>The name of the store that has them.</returns>
    public async Task<string> SaveAsync(string name, string password, string? salt, CancellationToken cancellationToken)
    {
        var store = await vault.BestAsync(cancellationToken);
        await store.SaveAsync(CryptRecord.SecretOf(name, salt: false), password, cancellationToken);
        if (string.IsNullOrEmpty(salt))
            await store.RemoveAsync(CryptRecord.SecretOf(name, salt: true), cancellationToken);
        else
            await store.SaveAsync(CryptRecord.SecretOf(name, salt: true), salt, cancellationToken);

        return store.Name;
    }

    private string? Hidden(string? secret)
    {
        redactor.Hide(secret);
        return secret;
    }

    private static CliException Missing(string name) => new(ExitCodes.Key, $"The passwords of the encrypted remote '{name}' are not stored here.", $"Give them again: fichier config crypt {name} REMOTE");
}

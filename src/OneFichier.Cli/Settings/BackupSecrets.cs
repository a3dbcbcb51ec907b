using OneFichier.Cli.Terminal;
using OneFichier.Server.Keys;

namespace OneFichier.Cli.Settings;

/// <summary>The passwords of backup repositories, in the stores that keep the keys of accounts.</summary>
internal sealed class BackupSecrets(KeyVault vault, Redactor redactor)
{
    /// <summary>The password of a set.</summary>
    /// <exception cref="CliException">It is not there.</exception>
    public async Task<string> RequireAsync(string name, BackupRecord record, CancellationToken cancellationToken)
    {
        var store = vault.Named(record.Store) ?? throw Missing(name);
        return Hidden(await store.FindAsync(BackupRecord.SecretOf(name), cancellationToken)) ?? throw Missing(name);
    }

    /// <summary>The password that a set of this name left behind, as when it was being made and the machine went down.</summary>
    public async Task<string?> FindLeftAsync(string name, CancellationToken cancellationToken) =>
        Hidden(await (await vault.BestAsync(cancellationToken)).FindAsync(BackupRecord.SecretOf(name), cancellationToken));

    /// <returns>The name of the store that has it.</returns>
    public async Task<string> SaveAsync(string name, string password, CancellationToken cancellationToken)
    {
        Hidden(password);
        var store = await vault.BestAsync(cancellationToken);
        await store.SaveAsync(BackupRecord.SecretOf(name), password, cancellationToken);
        return store.Name;
    }

    public Task RemoveAsync(string name, CancellationToken cancellationToken) => vault.RemoveAsync(BackupRecord.SecretOf(name), except: null, cancellationToken);

    private string? Hidden(string? secret)
    {
        redactor.Hide(secret);
        return secret;
    }

    private static CliException Missing(string name) => new(ExitCodes.Key, $"The password of the backup set '{name}' is not stored here.", $"Give it again: fichier backup rm {name}, then fichier backup init {name} PLACE --existing --password-file FILE");
}

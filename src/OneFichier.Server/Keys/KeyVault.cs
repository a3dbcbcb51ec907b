namespace OneFichier.Server.Keys;

/// <summary>The stores of this machine, best first: the desktop's secret service where it answers, else encrypted files.</summary>
/// <param name="stores">All stores, best first; the last one is always available.</param>
public sealed class KeyVault(IReadOnlyList<ISecretStore> stores)
{
    /// <summary>The vault of a user.</summary>
    /// <param name="configFolder">Holds the encrypted files.</param>
    /// <param name="stateFolder">Holds the data key that opens them.</param>
    /// <param name="passphrase">Protects the files besides, or <see langword="null"/>.</param>
    /// <param name="time">The clock.</param>
    public static KeyVault Open(string configFolder, string stateFolder, string? passphrase, TimeProvider time) => new(
    [
        new SecretServiceStore(configFolder),
        new FileSecretStore(Path.Combine(configFolder, "keys"), Path.Combine(stateFolder, "data.key"), passphrase, time),
    ]);

    /// <summary>The store of a name, as the configuration remembers it.</summary>
    public ISecretStore? Named(string name) => stores.FirstOrDefault(s => s.Name == name);

    /// <summary>The best store that works here.</summary>
    public async Task<ISecretStore> BestAsync(CancellationToken cancellationToken)
    {
        foreach (var store in stores)
        {
            if (await store.IsAvailableAsync(cancellationToken))
                return store;
        }

        return stores[^1];
    }

    /// <summary>Forgets a secret in every store but one.</summary>
    /// <returns>Whether any had it.</returns>
    public async Task<bool> RemoveAsync(string name, ISecretStore? except, CancellationToken cancellationToken)
    {
        var removed = false;
        foreach (var store in stores.Where(s => s != except))
        {
            if (await store.IsAvailableAsync(cancellationToken))
                removed |= await store.RemoveAsync(name, cancellationToken);
        }

        return removed;
    }
}

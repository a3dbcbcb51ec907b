using OneFichier.Cli.Terminal;
using OneFichier.Server.Keys;

namespace OneFichier.Cli.Settings;

/// <summary>
/// Finds the key of an account: the environment speaks for the account the run is about, the stores for every account by name.
/// </summary>
internal sealed class AccountKeys(Places places, Config config, Redactor redactor, TimeProvider time)
{
    public KeyVault Vault { get; } = KeyVault.Open(places.ConfigFolder, places.StateFolder, Variable("FICHIER_PASSPHRASE"), time);

    /// <summary>The key of the environment, or else the stored one.</summary>
    /// <exception cref="FichierKeyException">There is none, or it cannot be used.</exception>
    public async Task<AccountKey> RequireAsync(string account, bool isRunsOwn, CancellationToken cancellationToken) =>
        await FindAsync(account, isRunsOwn, cancellationToken) ?? throw Missing(account);

    public async Task<AccountKey?> FindAsync(string account, bool isRunsOwn, CancellationToken cancellationToken)
    {
        var name = Places.AccountName(account);
        var given = isRunsOwn ? KeyFromEnvironment.Find(Variable) : null;
        var stored = given is null ? await FindStoredAsync(name, cancellationToken) : null;
        return given is not null ? Hidden(new AccountKey(name, given, IsStored: false)) : stored;
    }

    /// <summary>The stored key, whatever the environment says.</summary>
    public async Task<AccountKey?> FindStoredAsync(string account, CancellationToken cancellationToken)
    {
        if (!config.Accounts.TryGetValue(account, out var record))
            return null;

        var store = Vault.Named(record.Store)
            ?? throw new FichierKeyException($"The key of account '{account}' is in a store this program does not know: '{record.Store}'.") { Remedy = "Run: fichier login" };
        var key = await store.FindAsync(account, cancellationToken);
        return key is null ? null : Hidden(new AccountKey(account, new FoundKey(ApiKey.Parse(key), $"the store '{store.Name}'", []), IsStored: true));
    }

    /// <summary>Where a key that was found is looked for again while the program runs; null where it cannot change.</summary>
    public IKeySource? SourceOf(AccountKey key, ConfigStore store)
    {
        if (key.ProvenIn is not null)
            return null;
        if (key.IsStored)
            return new LiveKey(key.Key, places.ConfigFile, async token => (await new AccountKeys(places, store.Load(), redactor, time).FindStoredAsync(key.Account, token))?.Key);

        return FileInUse() is not { } file ? null : new LiveKey(key.Key, file, _ => Task.FromResult<ApiKey?>(Hidden(key with { Found = KeyFromEnvironment.ReadFile(file) }).Key));
    }

    /// <summary>The file the environment names for the key, where no variable goes before it.</summary>
    public static string? FileInUse() => Variable("FICHIER_API_KEY") is null ? Variable("FICHIER_API_KEY_FILE") : null;

    public static FichierKeyException Missing(string account) => new($"There is no key for the account '{account}'.")
    {
        Remedy = account == "1f" ? "Run: fichier login" : $"Run: fichier login --name {account}",
    };

    private AccountKey Hidden(AccountKey key)
    {
        redactor.Hide(key.Key.Reveal());
        return key;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

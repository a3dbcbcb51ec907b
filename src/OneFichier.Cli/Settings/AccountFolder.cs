using System.Security.Cryptography;
using System.Text;
using OneFichier.Server.Keys;

namespace OneFichier.Cli.Settings;

/// <summary>
/// The state folder of an account. Its file <c>owner</c> says whose it is, so that two keys, or one key against two services, never share
/// an index or a request budget, whatever the account is called.
/// </summary>
internal sealed class AccountFolder(string stateFolder)
{
    /// <summary>The folder for a key, made where it is missing. A stored key takes the folder of its account over after a rotation.</summary>
    public async Task<string> ResolveAsync(AccountKey key, Uri apiBase, CancellationToken cancellationToken)
    {
        if (key.ProvenIn is { } given)
            return given;

        var folder = Path.Combine(stateFolder, key.Account);
        var owner = new Owner(key.Key.Fingerprint, apiBase.Authority);
        var known = await ClaimAsync(folder, owner, cancellationToken);
        if (known == owner)
            return folder;

        if (key.IsStored && known.Host == owner.Host)
        {
            await PrivateFile.ReplaceAsync(OwnerFile(folder), owner.ToBytes(), cancellationToken);
            return folder;
        }

        var own = Path.Combine(stateFolder, $"{key.Account}-{owner.ShortId}");
        await ClaimAsync(own, owner, cancellationToken);
        return own;
    }

    /// <summary>The folder in which a new key of an account is proven: that of the key it follows, so that what is remembered there can tell whether it opens the same account.</summary>
    public async Task<string> ForProofAsync(AccountKey key, AccountKey? old, Uri apiBase, CancellationToken cancellationToken)
    {
        if (old is not null)
            return await ResolveAsync(old, apiBase, cancellationToken);

        var folder = Path.Combine(stateFolder, key.Account);
        PrivateFile.MakeFolder(folder);
        var isFree = !File.Exists(OwnerFile(folder)) || Owner.Parse(await File.ReadAllTextAsync(OwnerFile(folder), cancellationToken)).Host == apiBase.Authority;
        return isFree ? folder : await ResolveAsync(key, apiBase, cancellationToken);
    }

    /// <summary>Makes the folder of a key that is not stored that of the key which follows it.</summary>
    public async Task HandOverAsync(AccountKey old, ApiKey next, Uri apiBase, CancellationToken cancellationToken)
    {
        var folder = await ResolveAsync(old, apiBase, cancellationToken);
        var owner = new Owner(next.Fingerprint, apiBase.Authority);
        await PrivateFile.ReplaceAsync(OwnerFile(folder), owner.ToBytes(), cancellationToken);
        var own = Path.Combine(stateFolder, $"{old.Account}-{owner.ShortId}");
        if (folder != Path.Combine(stateFolder, old.Account) && !Directory.Exists(own))
            Directory.Move(folder, own);
    }

    private static string OwnerFile(string folder) => Path.Combine(folder, "owner");

    private static async Task<Owner> ClaimAsync(string folder, Owner owner, CancellationToken cancellationToken)
    {
        PrivateFile.MakeFolder(folder);
        var file = OwnerFile(folder);
        return File.Exists(file) || !await SecretFile.CreateAsync(file, owner.ToBytes(), cancellationToken) ? Owner.Parse(await File.ReadAllTextAsync(file, cancellationToken)) : owner;
    }

    private sealed record Owner(string Fingerprint, string Host)
    {
        public string ShortId => Convert.ToHexStringLower(SHA256.HashData(ToBytes()).AsSpan(0, 4));

        public static Owner Parse(string text) => text.Split(' ', 2) is [var fingerprint, var host] ? new(fingerprint, host.Trim()) : new("", "");

        public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{Fingerprint} {Host}\n");
    }
}

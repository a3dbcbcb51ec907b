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

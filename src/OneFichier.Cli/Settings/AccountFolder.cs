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
    /// <summary>The folder for a key, made where it is missing.</summary>
    /// <param name="account">The name of the account.</param>
    /// <param name="key">Its key.</param>
    /// <param name="apiBase">The service it is used with.</param>
    /// <param name="isStored">Whether the key is the stored one of this account; a stored key takes the folder over after a rotation.</param>
    public string Resolve(string account, ApiKey key, Uri apiBase, bool isStored)
    {
        var folder = Path.Combine(stateFolder, account);
        var owner = new Owner(key.Fingerprint, apiBase.Authority);
        var known = Claim(folder, owner);
        if (known == owner)
            return folder;

        if (isStored && known.Host == owner.Host)
        {
            PrivateFile.Replace(OwnerFile(folder), owner.ToBytes());
            return folder;
        }

        var own = Path.Combine(stateFolder, $"{account}-{owner.ShortId}");
        Claim(own, owner);
        return own;
    }

    private static string OwnerFile(string folder) => Path.Combine(folder, "owner");

    private static Owner Claim(string folder, Owner owner)
    {
        PrivateFile.EnsureFolder(folder);
        var file = OwnerFile(folder);
        return File.Exists(file) || !PrivateFile.Create(file, owner.ToBytes()) ? Owner.Parse(File.ReadAllText(file)) : owner;
    }

    private sealed record Owner(string Fingerprint, string Host)
    {
        public string ShortId => Convert.ToHexStringLower(SHA256.HashData(ToBytes()).AsSpan(0, 4));

        public static Owner Parse(string text) => text.Split(' ', 2) is [var fingerprint, var host] ? new(fingerprint, host.Trim()) : new("", "");

        public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{Fingerprint} {Host}\n");
    }
}

namespace OneFichier.Sandbox;

public sealed partial class SandboxControl
{
    /// <summary>Makes a key work for a member.</summary>
    /// <param name="key">Exactly 32 of <c>[A-Za-z0-9_=-]</c>.</param>
    /// <param name="account">The member's email; null for the first.</param>
    public void AddKey(string key, string? account = null)
    {
        Guard.That(SandboxAccount.IsKey(key), "A key is exactly 32 characters of [A-Za-z0-9_=-].");
        Change(account, a => a.Keys[key] = true);
    }

    /// <summary>Stops a key from working, whoever has it.</summary>
    public void DisableKey(string key)
    {
        lock (world.Gate)
        {
            foreach (var account in world.Accounts.Where(a => a.Keys.ContainsKey(key)))
            {
                account.Keys[key] = false;
                world.Record(account);
            }
        }
    }

    /// <summary>Locks a member out ("No such user"), or lets him in again.</summary>
    public void LockAccount(bool locked, string? account = null) => Change(account, a => a.Locked = locked);

    /// <summary>Changes what a member pays for.</summary>
    public void SetOffer(SandboxOffer offer, string? account = null) => Change(account, a => a.Offer = offer);

    /// <summary>Changes a member's cold-storage quota, in bytes.</summary>
    public void SetQuota(long quota, string? account = null) => Change(account, a => a.Quota = quota);

    /// <summary>Forbids a member to upload, or allows it again.</summary>
    public void ForbidUploads(bool forbidden, string? account = null) => Change(account, a => a.UploadForbidden = forbidden);

    private void Change(string? account, Action<AccountState> change)
    {
        lock (world.Gate)
        {
            var state = Account(account);
            change(state);
            world.Record(state);
        }
    }

    private AccountState Account(string? email) =>
        (email is null ? world.Accounts.FirstOrDefault() : world.FindAccount(email))
        ?? throw new KeyNotFoundException($"There is no account {email}.");
}

using System.Globalization;

namespace OneFichier.Sandbox;

/// <summary>Counts requests and refuses the too frequent ones, as the service does.</summary>
internal sealed class Governor
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Queue<DateTimeOffset>> recent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> lockedUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> last = new(StringComparer.Ordinal);

    /// <summary>The rate of a key at an address: any window of one second, and the lock that follows.</summary>
    public void Admit(World world, string key, string address)
    {
        if (world.Limits.RequestsPerSecond is not { } rate)
            return;
        var who = key + "@" + address;
        var now = world.Now;
        if (lockedUntil.GetValueOrDefault(who) > now)
        {
            if (world.Limits.LockExtends)
                lockedUntil[who] = now + world.Limits.LockDuration;
            throw Refusal.FloodIp;
        }

        if (!recent.TryGetValue(who, out var times))
            recent[who] = times = new Queue<DateTimeOffset>();
        while (times.TryPeek(out var oldest) && oldest <= now - Second)
            times.Dequeue();
        times.Enqueue(now);
        if (times.Count <= rate)
            return;
        lockedUntil[who] = now + world.Limits.LockDuration;
        times.Clear();
        throw Refusal.FloodIp;
    }

    /// <summary>Refuses a member who is locked out for too frequent listings or account pages.</summary>
    public void AdmitMember(World world, AccountState member)
    {
        if (lockedUntil.GetValueOrDefault(member.Email) > world.Now)
            throw Refusal.FloodUser;
    }

    public void AdmitUserInfo(World world, AccountState member, string address)
    {
        Space(world, member, "info@" + address, world.Limits.UserInfoPerAddress);
        Space(world, member, "info:" + member.Email, world.Limits.UserInfoPerUser);
    }

    public void AdmitListing(World world, AccountState member, long folder, string? sharingUser)
    {
        var interval = folder == -1 ? world.Limits.WholeAccountInterval : world.Limits.FolderListingInterval;
        Space(world, member, string.Create(CultureInfo.InvariantCulture, $"ls:{member.Email}:{sharingUser}:{folder}"), interval);
    }

    /// <summary>Forgets all counts and locks.</summary>
    public void Reset()
    {
        recent.Clear();
        lockedUntil.Clear();
        last.Clear();
    }

    private void Space(World world, AccountState member, string what, TimeSpan? interval)
    {
        if (interval is not { } needed)
            return;
        var now = world.Now;
        if (last.TryGetValue(what, out var before) && now - before < needed)
        {
            if (world.Limits.UserLockDuration > TimeSpan.Zero)
                lockedUntil[member.Email] = now + world.Limits.UserLockDuration;
            throw Refusal.FloodUser;
        }

        last[what] = now;
    }
}

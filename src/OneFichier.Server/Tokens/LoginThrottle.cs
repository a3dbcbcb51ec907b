using System.Net;

namespace OneFichier.Server.Tokens;

/// <summary>How wrong logins are slowed.</summary>
public sealed record LoginThrottleOptions
{
    /// <summary>Failures an address has free. Default 3; each one more doubles the wait, which begins at a second.</summary>
    public int FreeOfAddress { get; init; } = 3;

    /// <summary>The longest wait of an address. Default 15 minutes.</summary>
    public TimeSpan LongestOfAddress { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Failures a user name has free, over all addresses. Default 10.</summary>
    public int FreeOfUser { get; init; } = 10;

    /// <summary>The longest wait of a user name: short, so that a stranger cannot keep its owner out from a new address. Default one minute.</summary>
    public TimeSpan LongestOfUser { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a failure is remembered after the last. Default an hour.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an address that got in as a user is known to be that user's. Default a day.</summary>
    public TimeSpan Trust { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many addresses, users and known pairs are remembered, each; the longest untouched go first. Default 10,000.</summary>
    public int Entries { get; init; } = 10_000;
}

/// <summary>
/// Slows guessing, by address (IPv6 by its /64) and by user name: while a wait lasts nothing that is shown is looked at. An address from which a user got in lately goes on as if nothing
/// were, whatever others do to its name or from its network, until it fails itself some times in a row.
/// </summary>
public sealed class LoginThrottle
{
    private readonly Lock _gate = new();
    private readonly LoginThrottleOptions _options;
    private readonly FailureTable _addresses;
    private readonly FailureTable _users;
    private readonly TrustTable _known;

    /// <summary>Begins with nothing remembered.</summary>
    public LoginThrottle(TimeProvider time, LoginThrottleOptions? options = null)
    {
        _options = options ?? new LoginThrottleOptions();
        _addresses = new FailureTable(time, _options.FreeOfAddress, _options.LongestOfAddress, _options);
        _users = new FailureTable(time, _options.FreeOfUser, _options.LongestOfUser, _options);
        _known = new TrustTable(time, _options);
    }

    /// <summary>How many entries are remembered, over all tables.</summary>
    public int Remembered
    {
        get
        {
            lock (_gate)
                return _addresses.Count + _users.Count + _known.Count;
        }
    }

    /// <summary>How long a caller still has to wait; zero when it may try.</summary>
    public TimeSpan WaitOf(IPAddress from, string user)
    {
        var address = KeyOf(from);
        lock (_gate)
        {
            if (_known.Has(address, user))
                return TimeSpan.Zero;
            var (one, other) = (_addresses.WaitOf(address), _users.WaitOf(user));
            return one > other ? one : other;
        }
    }

    /// <summary>A caller showed something wrong.</summary>
    public void Failed(IPAddress from, string user)
    {
        var address = KeyOf(from);
        lock (_gate)
        {
            if (_known.Forgives(address, user))
                return;
            _addresses.Fail(address);
            _users.Fail(user);
        }
    }

    /// <summary>A caller got in. Its address keeps its failures, so that a token of one's own does not wash off guesses at others.</summary>
    public void Succeeded(IPAddress from, string user)
    {
        lock (_gate)
            _known.Add(KeyOf(from), user);
    }

    private static string KeyOf(IPAddress from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return from.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !from.IsIPv4MappedToIPv6 ? Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)) : from.MapToIPv4().ToString();
    }
}

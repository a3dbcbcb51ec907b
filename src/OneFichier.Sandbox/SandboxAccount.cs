using System.Text.RegularExpressions;

namespace OneFichier.Sandbox;

/// <summary>A member of the service.</summary>
public sealed partial record SandboxAccount
{
    /// <summary>One premium member with <see cref="SandboxOptions.DefaultKey"/>.</summary>
    public static SandboxAccount Default { get; } = new() { Keys = [SandboxOptions.DefaultKey] };

    /// <summary>The member's address, which is also the name group shares use.</summary>
    public string Email { get; init; } = "member@sandbox.invalid";

    /// <summary>The password, for the node's Basic authentication only.</summary>
    public string Password { get; init; } = "sandbox-password";

    /// <summary>API keys that work from the start: each exactly 32 of <c>[A-Za-z0-9_=-]</c>, case-sensitive.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What the member pays for.</summary>
    public SandboxOffer Offer { get; init; } = SandboxOffer.Premium;

    /// <summary>Cold-storage quota in bytes.</summary>
    public long Quota { get; init; } = 2_000_000_000_000;

    /// <summary>CDN credits in GB.</summary>
    public double CdnCredits { get; init; }

    internal static bool IsKey(string key) => KeyShape().IsMatch(key);

    internal void Validate()
    {
        Guard.That(Email.Contains('@', StringComparison.Ordinal), $"'{Email}' is no email address.");
        Guard.That(Keys.All(IsKey), "A key is exactly 32 characters of [A-Za-z0-9_=-].");
        Guard.That(Quota >= 0, "A quota cannot be negative.");
        Guard.That(CdnCredits >= 0, "CDN credits cannot be negative.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_=-]{32}\z", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex KeyShape();
}

/// <summary>The service's offers, with the numbers user/info gives.</summary>
public enum SandboxOffer
{
    /// <summary>Registered, not paying: may upload and manage, may not download by the API.</summary>
    Free = 0,

    /// <summary>Premium.</summary>
    Premium = 1,

    /// <summary>Access.</summary>
    Access = 2,

    /// <summary>Gold.</summary>
    Gold = 3,
}

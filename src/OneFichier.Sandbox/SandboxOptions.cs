using System.Net;

namespace OneFichier.Sandbox;

/// <summary>How a sandbox is started. Immutable; checked by <see cref="SandboxServer.StartAsync"/>.</summary>
public sealed record SandboxOptions
{
    /// <summary>The API key of the default account: 32 characters of the service's key alphabet.</summary>
    public const string DefaultKey = "sandbox-key-0000000000000000000_";

    /// <summary>Where plain HTTP is served. Port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>
    /// Where the account is kept: contents by checksum and a journal of everything else. It survives a restart and a
    /// killed process. Null keeps all in memory, contents above 256 KiB in a temporary folder removed at the end.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>Rates, locks and sizes. May be changed at run time by <see cref="SandboxControl.Limits"/>.</summary>
    public SandboxLimits Limits { get; init; } = SandboxLimits.None;

    /// <summary>How the doubtful points are played. May be changed by <see cref="SandboxControl.Behaviours"/>.</summary>
    public SandboxBehaviours Behaviours { get; init; } = new();

    /// <summary>What goes wrong, and how often. May be changed by <see cref="SandboxControl.Faults"/>.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The clock under the sandbox's own; the control adds an offset to it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Adds an HTTPS listener and a CONNECT proxy that answer under the service's own names, with certificates of a CA
    /// made at start. A program then works unmodified with HTTPS_PROXY and that CA.
    /// </summary>
    public bool Tls { get; init; }

    /// <summary>Where HTTPS is served when <see cref="Tls"/> is set.</summary>
    public IPEndPoint TlsListen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Where the CONNECT proxy listens when <see cref="Tls"/> is set.</summary>
    public IPEndPoint ProxyListen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Who has an account. The default is one premium member with <see cref="DefaultKey"/>.</summary>
    public IReadOnlyList<SandboxAccount> Accounts { get; init; } = [SandboxAccount.Default];

    internal void Validate()
    {
        Limits.Validate();
        Behaviours.Validate();
        foreach (var account in Accounts)
            account.Validate();
        Guard.That(
            Accounts.DistinctBy(a => a.Email, StringComparer.OrdinalIgnoreCase).Count() == Accounts.Count,
            "Two accounts have the same email.");
        Guard.That(
            Accounts.SelectMany(a => a.Keys).Distinct(StringComparer.Ordinal).Count() == Accounts.Sum(a => a.Keys.Count),
            "Two accounts have the same key.");
    }
}

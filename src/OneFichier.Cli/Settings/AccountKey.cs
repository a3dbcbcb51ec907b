using OneFichier.Server.Keys;

namespace OneFichier.Cli.Settings;

/// <summary>The key a run works with.</summary>
/// <param name="Account">The local name of the account.</param>
/// <param name="Found">The key, and where it came from.</param>
/// <param name="IsStored">Whether it is the stored key of that account, and not one of the environment.</param>
internal sealed record AccountKey(string Account, FoundKey Found, bool IsStored)
{
    public ApiKey Key => Found.Key;

    /// <summary>For a key that is being proven: the folder it is proven in, which becomes its own only when it is stored.</summary>
    public string? ProvenIn { get; init; }
}

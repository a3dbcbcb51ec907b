using OneFichier.Drive.Crypt;

namespace OneFichier.Cli.Settings;

/// <summary>What of a configuration of rclone can be taken over, and what not and why.</summary>
public sealed class RcloneImport
{
    private RcloneImport(RcloneConfig config)
    {
        foreach (var remote in config.Remotes)
        {
            switch (RcloneMapping.Of(remote, config))
            {
                case ImportedAccount account:
                    Accounts.Add(account);
                    break;
                case ImportedCrypt crypt:
                    Crypts.Add(crypt);
                    break;
                case SkippedRemote skipped:
                    Skipped.Add(skipped);
                    break;
            }
        }
    }

    /// <summary>The accounts.</summary>
    public IList<ImportedAccount> Accounts { get; } = [];

    /// <summary>The encrypted remotes over these accounts.</summary>
    public IList<ImportedCrypt> Crypts { get; } = [];

    /// <summary>The remotes that are left.</summary>
    public IList<SkippedRemote> Skipped { get; } = [];

    /// <summary>Looks a configuration through.</summary>
    public static RcloneImport From(RcloneConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new RcloneImport(config);
    }
}

/// <summary>A remote of rclone as this program sees it.</summary>
/// <param name="name">What it is called.</param>
public abstract class ImportedRemote(string name)
{
    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>Sentences about options that are not taken over.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>An account.</summary>
public sealed class ImportedAccount(string name, string apiKey) : ImportedRemote(name)
{
    /// <summary>Its key: a secret.</summary>
    public string ApiKey { get; } = apiKey;
}

/// <summary>An encrypted remote.</summary>
public sealed class ImportedCrypt(string name, string account, string path) : ImportedRemote(name)
{
    /// <summary>The account the encrypted files are in, by the name of its remote.</summary>
    public string Account { get; } = account;

    /// <summary>The folder of the account they are in; empty for the root.</summary>
    public string Path { get; } = path;

    /// <summary>The layout.</summary>
    public required CryptOptions Options { get; init; }

    /// <summary>The password, revealed: a secret.</summary>
    public required string Password { get; init; }

    /// <summary>The second password, revealed; <see langword="null"/> when there is none.</summary>
    public string? Salt { get; init; }
}

/// <summary>A remote that is not taken over.</summary>
/// <param name="name">What it is called.</param>
/// <param name="type">Its kind, in rclone's word for it.</param>
/// <param name="reason">Why not, in a sentence.</param>
public sealed class SkippedRemote(string name, string type, string reason) : ImportedRemote(name)
{
    /// <summary>Its kind, in rclone's word for it.</summary>
    public string Type { get; } = type;

    /// <summary>Why not, in a sentence.</summary>
    public string Reason { get; } = reason;
}

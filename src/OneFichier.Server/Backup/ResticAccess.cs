namespace OneFichier.Server.Backup;

/// <summary>What restic needs to work on a repository. It is given to it in its environment, which only its user can read, and never in its arguments.</summary>
/// <param name="Repository">The repository, as restic writes it, with the credential of this run.</param>
/// <param name="Password">The password of the repository.</param>
/// <param name="CacheFolder">Where restic keeps its cache.</param>
public sealed record ResticAccess(string Repository, string Password, string CacheFolder)
{
    /// <summary>The variable that marks the processes of one run.</summary>
    public const string MarkVariable = "FICHIER_BACKUP_RUN";

    private static readonly string[] Secrets = ["FICHIER_API_KEY", "FICHIER_API_KEY_FILE", "RCLONE_FICHIER_API_KEY", "FICHIER_PASSPHRASE"];

    /// <summary>Marks the processes of this run; empty for none.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Puts an environment right: nothing in it of what others set for restic, nor the account's key.</summary>
    public void Apply(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var name in environment.Keys.Where(n => n.StartsWith("RESTIC_", StringComparison.Ordinal) || Secrets.Contains(n)).ToList())
            environment.Remove(name);

        environment["RESTIC_REPOSITORY"] = Repository;
        environment["RESTIC_PASSWORD"] = Password;
        environment["RESTIC_CACHE_DIR"] = CacheFolder;
        environment["RESTIC_PROGRESS_FPS"] = "1";
        if (Mark.Length > 0)
            environment[MarkVariable] = Mark;
    }

    /// <summary>Never shows a secret.</summary>
    public override string ToString() => "a restic repository";
}

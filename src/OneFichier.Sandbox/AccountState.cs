namespace OneFichier.Sandbox;

/// <summary>A member as he is now.</summary>
internal sealed class AccountState
{
    public AccountState(SandboxAccount account)
    {
        Account = account;
        Offer = account.Offer;
        Quota = account.Quota;
        Root = new StoredFolder { Id = 0, Name = "Root", Owner = this };
        IncomingFolder = new StoredFolder { Id = StoredFolder.Incoming, Name = "Incoming", Owner = this };
        foreach (var key in account.Keys)
            Keys[key] = true;
    }

    public SandboxAccount Account { get; }

    public string Email => Account.Email;

    public StoredFolder Root { get; }

    public StoredFolder IncomingFolder { get; }

    /// <summary>Known keys, and whether each still works.</summary>
    public Dictionary<string, bool> Keys { get; } = new(StringComparer.Ordinal);

    public SandboxOffer Offer { get; set; }

    public long Quota { get; set; }

    public bool Locked { get; set; }

    public bool UploadForbidden { get; set; }

    /// <summary>What user/info has set, by field.</summary>
    public Dictionary<string, long> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>What lagging listings still show.</summary>
    public List<Ghost> Ghosts { get; } = [];

    /// <summary>FTP logins: name to folder.</summary>
    public Dictionary<string, long> FtpUsers { get; } = new(StringComparer.Ordinal);

    /// <summary>Remote uploads asked for.</summary>
    public List<RemoteJob> RemoteJobs { get; } = [];

    /// <summary>From where, and when, the last download link was asked for.</summary>
    public (string Address, DateTimeOffset When) LastLocation { get; set; } = ("", DateTimeOffset.MinValue);

    public int Downloads { get; set; }

    /// <summary>Bytes of all files.</summary>
    public long Used { get; set; }
}

/// <summary>A file where it was, until listings catch up.</summary>
internal sealed record Ghost(StoredFolder Folder, StoredFile File, string Name, DateTimeOffset Until);

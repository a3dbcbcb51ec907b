namespace OneFichier;

/// <summary>The account page: offer, storage, settings, as of a moment. Members the service did not send are <see langword="null"/>.</summary>
public sealed record AccountInfo
{
    /// <summary>When the service was asked; its storage figures are older still, see <see cref="StatsDate"/>.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The member's mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The offer.</summary>
    public AccountOffer Offer { get; init; }

    /// <summary>When the subscription ends.</summary>
    public DateTimeOffset? SubscriptionEnd { get; init; }

    /// <summary>When the service computed the storage figures; it does so in batches.</summary>
    public DateTimeOffset? StatsDate { get; init; }

    /// <summary>CDN credits in GB.</summary>
    public decimal? CdnCredits { get; init; }

    /// <summary>Storage, in bytes.</summary>
    public required AccountStorage Storage { get; init; }

    /// <summary>Whether the account stores more than it may.</summary>
    public bool? OverQuota { get; init; }

    /// <summary>Whether uploads are refused.</summary>
    public bool? UploadForbidden { get; init; }

    /// <summary>0 none or mail, 1 authenticator, 2 other: as the service numbers it.</summary>
    public long? TwoFactor { get; init; }

    /// <summary>The settings that <see cref="AccountClient.SetAsync"/> can change.</summary>
    public required AccountSettings Settings { get; init; }
}

/// <summary>What an account may do, by subscription.</summary>
public enum AccountOffer
{
    /// <summary>Registered, no subscription: uploads, no direct downloads.</summary>
    Free = 0,

    /// <summary>Premium.</summary>
    Premium = 1,

    /// <summary>Access.</summary>
    Access = 2,

    /// <summary>Gold: Premium without the restriction of data centre addresses.</summary>
    Gold = 3,

    /// <summary>An offer not known yet, or none stated.</summary>
    Unknown = -1,
}

/// <summary>Storage in bytes. Cold is what was not read for sixty days, the quota is on cold storage (1fichier-api §6.8).</summary>
public sealed record AccountStorage
{
    /// <summary>Hot storage in use.</summary>
    public long? Hot { get; init; }

    /// <summary>Cold storage in use.</summary>
    public long? Cold { get; init; }

    /// <summary>Cold storage allowed: the quota.</summary>
    public long? Allowed { get; init; }

    /// <summary>
    /// Cold storage left; negative when exceeded. Sources disagree whether the service sends what is left or the total (1fichier-api §10.13): a figure that
    /// cannot be what is left is read as the total.
    /// </summary>
    public long? Available { get; init; }
}

/// <summary>Settings of the account; <see langword="null"/> means not told, or left as it is.</summary>
public sealed record AccountSettings
{
    /// <summary>Files sent by FTP are processed by themselves (false) or on demand (true).</summary>
    public bool? ManualFtp { get; init; }

    /// <summary>The folder files sent by FTP go to.</summary>
    public FolderId? FtpFolder { get; init; }

    /// <summary>Mail a report of FTP uploads.</summary>
    public bool? FtpReport { get; init; }

    /// <summary>Mail a report of remote uploads.</summary>
    public bool? RemoteUploadReport { get; init; }

    /// <summary>Number of the default hosting domain.</summary>
    public int? DefaultDomain { get; init; }

    /// <summary>Lines a page in the web console.</summary>
    public int? PageLimit { get; init; }

    /// <summary>Links of pages are plain HTTP.</summary>
    public bool? PlainHttpPages { get; init; }

    /// <summary>Links of files are plain HTTP.</summary>
    public bool? PlainHttpFiles { get; init; }

    /// <summary>Downloads spend CDN credits.</summary>
    public bool? UseCdn { get; init; }

    /// <summary>Show the download menu even to members.</summary>
    public bool? DownloadMenu { get; init; }
}

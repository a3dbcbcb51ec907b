using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Wire;

internal sealed record AccountAnswer : Answer
{
    public string? Email { get; init; }

    public string? Offer { get; init; }

    public string? SubscriptionEnd { get; init; }

    public string? StatsDate { get; init; }

    public string? ExtendedQuotaEnd { get; init; }

    [JsonPropertyName("2fa")]
    public long? TwoFactor { get; init; }

    public bool? MailRm { get; init; }

    public long? FtpMode { get; init; }

    public long? FtpDid { get; init; }

    public bool? FtpReport { get; init; }

    public bool? RuReport { get; init; }

    public long? DefaultDomain { get; init; }

    public long? PageLimit { get; init; }

    public bool? DefaultPort { get; init; }

    public bool? DefaultPortFiles { get; init; }

    public bool? UseCdn { get; init; }

    public bool? DownloadMenu { get; init; }

    public bool? UploadForbidden { get; init; }

    public bool? Overquota { get; init; }

    public decimal? Cdn { get; init; }

    public long? HotStorage { get; init; }

    public long? ColdStorage { get; init; }

    public long? AllowedColdStorage { get; init; }

    public long? AvailableStorage { get; init; }

    public long? AvailableColdStorage { get; init; }

    public decimal? ExtendedQuota { get; init; }
}

internal sealed record AccountRequest
{
    public long? FtpMode { get; init; }

    public long? FtpDid { get; init; }

    public bool? FtpReport { get; init; }

    public bool? RuReport { get; init; }

    public long? DefaultDomain { get; init; }

    public long? PageLimit { get; init; }

    public bool? DefaultPort { get; init; }

    public bool? DefaultPortFiles { get; init; }

    public bool? UseCdn { get; init; }

    public bool? DownloadMenu { get; init; }
}

internal sealed record AccountCacheFile
{
    public int Version { get; init; } = 1;

    public required string Owner { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required AccountAnswer Answer { get; init; }
}

internal sealed record RemoteUploadAnswer : Answer
{
    public long? Id { get; init; }

    public string? Date { get; init; }

    public List<string>? Urls { get; init; }
}

internal sealed record RemoteUploadListAnswer : Answer
{
    public List<RemoteUploadItem>? Data { get; init; }
}

internal sealed record RemoteUploadItem
{
    public long? Id { get; init; }

    public string? RequestDate { get; init; }

    public string? ExecutionDate { get; init; }
}

internal sealed record RemoteUploadInfoAnswer : Answer
{
    public long? Id { get; init; }

    public string? RequestDate { get; init; }

    public string? ExecutionDate { get; init; }

    public List<string>? Links { get; init; }

    public List<RemoteUploadOutcome>? Result { get; init; }
}

internal sealed record RemoteUploadOutcome
{
    public string? Status { get; init; }

    public string? Url { get; init; }

    public string? DownloadLink { get; init; }

    public string? Message { get; init; }
}

internal sealed record VoucherListAnswer : Answer
{
    public long? Count { get; init; }

    public List<VoucherItem>? Data { get; init; }
}

internal sealed record VoucherItem
{
    public string? Voucher { get; init; }

    public string? Service { get; init; }
}

internal sealed record VoucherAnswer : Answer
{
    public string? Service { get; init; }
}

internal sealed record FtpUserListAnswer : Answer
{
    public List<JsonElement>? Users { get; init; }

    public List<JsonElement>? Data { get; init; }

    public List<JsonElement>? Items { get; init; }
}

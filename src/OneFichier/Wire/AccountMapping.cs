namespace OneFichier.Wire;

internal static class AccountMapping
{
    public static AccountInfo Info(AccountAnswer answer, DateTimeOffset asOf) => new()
    {
        AsOf = asOf,
        Email = answer.Email,
        Offer = Offer(answer.Offer),
        SubscriptionEnd = ParisTime.Parse(answer.SubscriptionEnd),
        StatsDate = ParisTime.Parse(answer.StatsDate),
        CdnCredits = answer.Cdn,
        Storage = new AccountStorage
        {
            Hot = answer.HotStorage,
            Cold = answer.ColdStorage,
            Allowed = answer.AllowedColdStorage,
            Available = Available(answer),
        },
        OverQuota = answer.Overquota,
        UploadForbidden = answer.UploadForbidden,
        TwoFactor = answer.TwoFactor,
        Settings = new AccountSettings
        {
            ManualFtp = answer.FtpMode is { } mode ? mode != 0 : null,
            FtpFolder = answer.FtpDid is { } did ? new FolderId(did) : null,
            FtpReport = answer.FtpReport,
            RemoteUploadReport = answer.RuReport,
            DefaultDomain = (int?)answer.DefaultDomain,
            PageLimit = (int?)answer.PageLimit,
            PlainHttpPages = answer.DefaultPort,
            PlainHttpFiles = answer.DefaultPortFiles,
            UseCdn = answer.UseCdn,
            DownloadMenu = answer.DownloadMenu,
        },
    };

    public static AccountRequest Request(AccountSettings settings) => new()
    {
        FtpMode = settings.ManualFtp is { } manual ? manual ? 1 : 0 : null,
        FtpDid = settings.FtpFolder?.Value,
        FtpReport = settings.FtpReport,
        RuReport = settings.RemoteUploadReport,
        DefaultDomain = settings.DefaultDomain,
        PageLimit = settings.PageLimit,
        DefaultPort = settings.PlainHttpPages,
        DefaultPortFiles = settings.PlainHttpFiles,
        UseCdn = settings.UseCdn,
        DownloadMenu = settings.DownloadMenu,
    };

    private static AccountOffer Offer(string? text) =>
        int.TryParse(text, out var number) && Enum.IsDefined((AccountOffer)number) ? (AccountOffer)number
        : Enum.TryParse<AccountOffer>(text, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named
        : AccountOffer.Unknown;

    private static long? Available(AccountAnswer answer)
    {
        var stated = answer.AvailableColdStorage ?? answer.AvailableStorage;
        return stated is { } total && answer.AllowedColdStorage is { } allowed && answer.ColdStorage is { } used and > 0 && total == allowed
            ? total - used
            : stated;
    }
}

namespace OneFichier.Governor;

/// <summary>The limits of the service as published, and as learned by others the hard way (1fichier-api §2).</summary>
public static class BudgetRules
{
    /// <summary>The documented limits, the default everywhere.</summary>
    public static IReadOnlyList<BudgetRule> Documented { get; } =
    [
        // Since April 2020 the service takes less than the three a second it documents; rclone has kept 400 ms apart ever since.
        new("pace", 1, TimeSpan.FromMilliseconds(400)) { Meaning = "one call every 400 ms", FromResponse = false, Stretches = true },
        new("api", 3, TimeSpan.FromSeconds(1)) { Meaning = "three calls a second" },
        new("folder listing", 1, TimeSpan.FromSeconds(30))
        {
            Meaning = "one listing of a folder per 30 s",
            Endpoints = ["file/ls", "folder/ls"],
            PerFolder = true,
        },
        new("account listing", 1, TimeSpan.FromHours(1))
        {
            Meaning = "one listing of the whole account per hour",
            Endpoints = ["file/ls"],
            Folder = FolderId.WholeAccount,
        },
        new("account info, address", 1, TimeSpan.FromMinutes(1))
        {
            Meaning = "one look at the account page per minute and address",
            Endpoints = ["user/info"],
        },
        new("account info, user", 1, TimeSpan.FromMinutes(5))
        {
            Meaning = "one look at the account page per five minutes",
            Endpoints = ["user/info"],
        },
    ];
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class AccountVerb : Verb
{
    private readonly Option<bool> _refresh = Flags.Switch("--refresh", "ask the service, as soon as it allows another question");

    public AccountVerb() : base("account", "Show offer, subscription, storage and CDN credits.")
    {
        Details = "The service answers this once in five minutes; the last answer is kept and shared by all processes, and shown with its age.";
        Examples = [new("fichier account", "for a person"), new("fichier account --json | jq .storage.available", "for a program")];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Options.Add(_refresh);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = await Session.OpenAsync(call, cancellationToken);
        var account = await session.Client.Account.GetAsync(call.Get(_refresh) ? TimeSpan.Zero : AccountClient.DefaultMaxAge, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Document(AccountShape.Of(account), JsonShapes.Default.AccountShape);
        else
            Print(call, account);

        return ExitCodes.Done;
    }

    private static void Print(Call call, AccountInfo account)
    {
        call.Screen.Line($"account       {account.Email ?? "?"}");
        call.Screen.Line($"offer         {account.Offer}{(account.SubscriptionEnd is { } end ? $", until {end:yyyy-MM-dd HH:mm zzz}" : "")}");
        call.Screen.Line($"hot storage   {Size(account.Storage.Hot)}");
        call.Screen.Line($"cold storage  {Size(account.Storage.Cold)} of {Size(account.Storage.Allowed)}, {Size(account.Storage.Available)} left");
        call.Screen.Line($"CDN credits   {(account.CdnCredits is { } credits ? $"{credits} GB" : "?")}");
        call.Screen.Line($"as of         {account.AsOf:yyyy-MM-dd HH:mm:ss zzz} ({Units.Duration(call.Time.GetUtcNow() - account.AsOf)} ago)");
        if (account.OverQuota == true)
            call.Screen.Warn("The account stores more than it may.");

        if (account.UploadForbidden == true)
            call.Screen.Warn("The service refuses uploads to this account.");
    }

    private static string Size(long? bytes) => bytes is { } known ? Units.Size(known) : "?";
}

internal sealed record AccountShape(
    string? Email, string Offer, DateTimeOffset? SubscriptionEnd, StorageShape Storage, decimal? CdnCredits, DateTimeOffset AsOf)
{
    public bool? OverQuota { get; init; }

    public bool? UploadForbidden { get; init; }

    public static AccountShape Of(AccountInfo account)
    {
        var storage = new StorageShape(account.Storage.Hot, account.Storage.Cold, account.Storage.Allowed, account.Storage.Available);
        return new AccountShape(account.Email, account.Offer.ToString().ToLowerInvariant(), account.SubscriptionEnd, storage, account.CdnCredits, account.AsOf)
        {
            OverQuota = account.OverQuota,
            UploadForbidden = account.UploadForbidden,
        };
    }
}

internal sealed record StorageShape(long? Hot, long? Cold, long? Allowed, long? Available);

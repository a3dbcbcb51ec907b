using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Index;
using OneFichier.Governor;

namespace OneFichier.Cli;

/// <summary>An account in use: its key, its client, and the folder where its index and its request budget are shared by all processes.</summary>
internal sealed class Session : IDisposable
{
    private readonly SharedLedger? _ledger;

    private Session(AccountKey key, FichierClient client, SharedLedger? ledger) => (Key, Client, _ledger) = (key, client, ledger);

    public AccountKey Key { get; }

    public FichierClient Client { get; }

    public string StateFolder => Client.Options.StateFolder!;

    /// <summary>Opens the account a run is about.</summary>
    public static Task<Session> OpenAsync(Call call, CancellationToken cancellationToken) => OpenAsync(call, call.Globals.Account, cancellationToken);

    /// <summary>Opens an account by name.</summary>
    public static async Task<Session> OpenAsync(Call call, string account, CancellationToken cancellationToken)
    {
        return await OpenAsync(call, await KeysOf(call).RequireAsync(account, account == call.Globals.Account, cancellationToken), cancellationToken);
    }

    /// <summary>Opens an account with a given key.</summary>
    public static async Task<Session> OpenAsync(Call call, AccountKey key, CancellationToken cancellationToken)
    {
        foreach (var advice in key.Found.Advice)
            call.Screen.Warn(advice);

        var folder = await new AccountFolder(call.Places.StateFolder).ResolveAsync(key, ApiBase(), cancellationToken);
        var ledger = SharedLedger.Of(call, key.Key);
        return new Session(key, Connect(call, key, folder, ledger), ledger);
    }

    public static AccountKeys KeysOf(Call call) => new(call.Places, call.Config, call.Screen.Redactor, call.Time);

    public static CryptSecrets CryptsOf(Call call) => new(KeysOf(call).Vault, call.Screen.Redactor);

    public static BackupSecrets BackupsOf(Call call) => new(KeysOf(call).Vault, call.Screen.Redactor);

    /// <summary>The memory of listings that all processes of this account share.</summary>
    public SqliteListingStore OpenIndex() => new(Path.Combine(StateFolder, "index.db"), Client.Options.Time, Client.Options.Logger);

    /// <summary>
    /// Proves a key by one cheap call: the listing of the root, which is remembered, or, where that was listed a moment ago and the service wants a pause, the list of
    /// remote uploads. The account page would be too dear.
    /// </summary>
    public async Task ProveAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var impatient = new FichierClient(Client.Options with { MaxWait = TimeSpan.FromSeconds(3) });
            var asked = Client.Options.Time.GetUtcNow();
            if (!Remember(await impatient.Folders.ListAsync(FolderId.Root, cancellationToken: cancellationToken), asked))
                return;
        }
        catch (FichierFloodException e) when (e.ServiceText is null)
        {
            await Client.RemoteUploads.ListAsync(cancellationToken);
        }

        await Client.Account.AdoptAsync(cancellationToken);
    }

    /// <summary>Keeps the listing, and begins a new index where the old one is of another account: nothing in its root is known any more.</summary>
    /// <returns>Whether it may be the account of before.</returns>
    private bool Remember(FolderListing root, DateTimeOffset asked)
    {
        using (var index = OpenIndex())
        {
            var known = index.Read(FolderId.Root);
            var isKnown = known is not null && (known.Folders.Any(k => root.Folders.Any(f => f.Id == k.Id)) || known.Files.Any(k => root.Files!.Any(f => f.Link == k.Link)));
            if (isKnown || known is not { Folders.Count: > 0 } and not { Files.Count: > 0 })
            {
                index.Put(new FolderSnapshot(FolderId.Root, asked, root.Folders, [.. root.Files!.Select(f => new ListedFile(f))], !root.MayBeCut), TimeSpan.FromMinutes(1));
                return true;
            }
        }

        foreach (var file in Directory.EnumerateFiles(StateFolder, "index.db*"))
            File.Delete(file);

        return false;
    }

    public static Uri ApiBase() => Environment.GetEnvironmentVariable("FICHIER_API_BASE") switch
    {
        null or "" => FichierOptions.DefaultApiBase,
        var text => Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var address) ? address : throw Refused($"'{text}' is no address."),
    };

    public void Dispose()
    {
        Client.Dispose();
        (Client.Options.KeySource as IDisposable)?.Dispose();
        _ledger?.Dispose();
    }

    private static FichierClient Connect(Call call, AccountKey key, string? stateFolder, SharedLedger? ledger)
    {
        try
        {
            return new FichierClient(new FichierOptions
            {
                Key = key.Key,
                KeySource = KeysOf(call).SourceOf(key, call.ConfigStore),
                ApiBase = ApiBase(),
                StateFolder = stateFolder,
                Ledger = ledger?.Ledger,
                MaxWait = call.Globals.MaxWait,
                UserAgent = "fichier/" + Commands.VersionVerb.Number,
                Waits = new Waiting(call.Screen),
                Logger = call.Logs.CreateLogger("OneFichier"),
            });
        }
        catch (ArgumentException e)
        {
            throw Refused(e.Message);
        }
    }

    private static CliException Refused(string reason) => CliException.Usage($"FICHIER_API_BASE: {reason}", $"The service is at {FichierOptions.DefaultApiBase}");

    /// <summary>Says that a call has to wait, and why: a program that stands still without a word looks broken.</summary>
    private sealed class Waiting(Screen screen) : IProgress<BudgetWait>
    {
        public void Report(BudgetWait value) =>
            screen.Note($"Waiting {Units.Duration(value.Wait)} (until {value.Until.ToLocalTime():HH:mm:ss}) to call {value.Call.Endpoint}: {value.Why}.");
    }
}

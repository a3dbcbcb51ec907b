using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli;

/// <summary>An account in use: its key, its client, and the folder where its index and its request budget are shared by all processes.</summary>
internal sealed class Session : IDisposable
{
    private Session(AccountKey key, FichierClient client) => (Key, Client) = (key, client);

    public AccountKey Key { get; }

    public FichierClient Client { get; }

    public string StateFolder => Client.Options.StateFolder!;

    /// <summary>Opens the account a run is about.</summary>
    public static Task<Session> OpenAsync(Call call, CancellationToken cancellationToken) => OpenAsync(call, call.Globals.Account, cancellationToken);

    /// <summary>Opens an account by name.</summary>
    public static async Task<Session> OpenAsync(Call call, string account, CancellationToken cancellationToken)
    {
        var key = await KeysOf(call).RequireAsync(account, account == call.Globals.Account, cancellationToken);
        foreach (var advice in key.Found.Advice)
            call.Screen.Warn(advice);

        var folder = await new AccountFolder(call.Places.StateFolder).ResolveAsync(key, ApiBase(), cancellationToken);
        return new Session(key, Connect(key.Key, folder));
    }

    public static AccountKeys KeysOf(Call call) => new(call.Places, call.Config, call.Screen.Redactor, call.Time);

    /// <summary>Proves a key by one cheap call: the folders of the root. The account page would be too dear.</summary>
    public static async Task ProveAsync(ApiKey key, string? stateFolder, CancellationToken cancellationToken)
    {
        using var client = Connect(key, stateFolder);
        await client.Folders.ListAsync(FolderId.Root, files: false, cancellationToken: cancellationToken);
    }

    public static Uri ApiBase() => Environment.GetEnvironmentVariable("FICHIER_API_BASE") switch
    {
        null or "" => FichierOptions.DefaultApiBase,
        var text => Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var address) ? address : throw Refused($"'{text}' is no address."),
    };

    public void Dispose() => Client.Dispose();

    private static FichierClient Connect(ApiKey key, string? stateFolder)
    {
        try
        {
            return new FichierClient(new FichierOptions { Key = key, ApiBase = ApiBase(), StateFolder = stateFolder, UserAgent = "fichier/" + Commands.VersionVerb.Number });
        }
        catch (ArgumentException e)
        {
            throw Refused(e.Message);
        }
    }

    private static CliException Refused(string reason) => CliException.Usage($"FICHIER_API_BASE: {reason}", $"The service is at {FichierOptions.DefaultApiBase}");
}

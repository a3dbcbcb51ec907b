using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Migration;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>Opens the sources of a migration by their words, when it is planned and, wherever it runs, again.</summary>
internal sealed class MigrateSources(Call call, RemoteSession session, string targetAccount) : IDisposable
{
    private const string ListPrefix = "list:";
    private const string RclonePrefix = "rclone:";
    private const string PublicPrefix = "rclone+link:";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = true, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(30) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The rclone of this machine.</summary>
    public string Rclone { get; init; } = "rclone";

    /// <summary>Which files are taken.</summary>
    public TreeFilter Filter { get; init; } = TreeFilter.Everything;

    /// <summary>Whether addresses are asked what they lead to before.</summary>
    public bool Asks { get; init; } = true;

    /// <summary>Whether the service may fetch addresses by itself.</summary>
    public bool Fetches { get; init; } = true;

    /// <summary>A list of addresses as a source that is found again from everywhere.</summary>
    public static string OfList(string file) => ListPrefix + (file == "-" ? "-" : Path.GetFullPath(file));

    /// <summary>The words of a source, so that they mean the same from everywhere.</summary>
    public string Settled(string text, bool publicLinks)
    {
        if (text.StartsWith(RclonePrefix, StringComparison.Ordinal))
            return text.IndexOf(':', RclonePrefix.Length) > 0 ? (publicLinks ? PublicPrefix + text[RclonePrefix.Length..] : text) : throw CliException.Usage($"'{Escaping.Visible(text)}' names no remote of rclone.", "As in rclone:s3:bucket/folder");
        if (IsAddress(text))
            return text;

        return Place.Parse(text) switch
        {
            LocalPlace local => Path.GetFullPath(local.Text.Length == 0 ? "." : local.Text),
            RemotePlace { Account: "1f" } at when !text.StartsWith("id:", StringComparison.Ordinal) => $"{call.Globals.Account}:{text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]}",
            StandardPlace => throw CliException.Usage("Standard input is no source.", "A list of addresses comes from it with --from-file -"),
            var place => place.Text,
        };
    }

    /// <summary>Opens a source to be listed.</summary>
    public async Task<IMigrationSource> OpenAsync(string text, CancellationToken cancellationToken)
    {
        if (text.StartsWith(ListPrefix, StringComparison.Ordinal))
            return await UrlsAsync(text, ReadList(text[ListPrefix.Length..]), cancellationToken);
        if (RemoteOf(text) is { } remote)
            return await RcloneAsync(text, remote, cancellationToken);
        if (IsAddress(text))
            return await UrlsAsync(text, [new ListedAddress(1, new Uri(text))], cancellationToken);

        var place = Place.Parse(text);
        var spot = await session.OpenAsync(place, cancellationToken);
        var entry = await spot.FindAsync(EntryKind.Any, cancellationToken, missing: EntryKind.Folder);
        var foreign = place is LinkPlace or SharePlace || (place is RemotePlace remotePlace && (remotePlace.Account == "1f" ? call.Globals.Account : remotePlace.Account) != targetAccount);
        return entry.IsFolder
            ? new VolumeSource(text, spot.Volume, spot.Path) { Foreign = foreign, Enters = Filter.Enters, Takes = Filter.Includes }
            : new VolumeSource(text, spot.Volume, spot.Path.Parent) { Foreign = foreign, Includes = e => e.Path.Parent.IsRoot && e.Name == entry.Name, Enters = f => f.IsRoot };
    }

    /// <summary>A source of a plan that is made already: opened when something of it has to be read, one at a time.</summary>
    public IMigrationSource Again(string text, SemaphoreSlim opening) => text.StartsWith(ListPrefix, StringComparison.Ordinal) || (IsAddress(text) && RemoteOf(text) is null)
        ? new UrlSource(text, [], _http, Links)
        : new OpenedLater(text, opening, token => OpenAsync(text, token));

    public void Dispose() => _http.Dispose();

    private static bool IsAddress(string text) =>
        (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) && !FileLink.TryParse(text, out _) && !ShareLink.TryParse(text, out _);

    private static string? RemoteOf(string text) =>
        text.StartsWith(RclonePrefix, StringComparison.Ordinal) ? text[RclonePrefix.Length..] : text.StartsWith(PublicPrefix, StringComparison.Ordinal) ? text[PublicPrefix.Length..] : null;

    private async Task<IMigrationSource> RcloneAsync(string text, string remote, CancellationToken cancellationToken)
    {
        var program = new RcloneProgram(Rclone);
        await program.CheckAsync(cancellationToken);
        return new RcloneSource(text, remote, program) { PublicLinks = text.StartsWith(PublicPrefix, StringComparison.Ordinal) };
    }

    private async Task<UrlSource> UrlsAsync(string text, IReadOnlyList<ListedAddress> addresses, CancellationToken cancellationToken) => new(text, addresses, _http, Links)
    {
        Asks = Asks,
        Fetches = Fetches,
        ServiceIsNear = (await session.TreeAsync(targetAccount, cancellationToken)).Client.Options.ApiBase.IsLoopback,
    };

    private ListedLinks Links => new(async token => (await session.TreeAsync(targetAccount, token)).Client);

    private static IReadOnlyList<ListedAddress> ReadList(string file)
    {
        try
        {
            using var reader = file == "-" ? Console.In : new StreamReader(file);
            return UrlList.Read(reader);
        }
        catch (FormatException e)
        {
            throw CliException.Usage($"{Escaping.Visible(file)}: {e.Message}", "A line is: URL, name, size, Whirlpool, with tabs between; all but the URL may be left out.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"--from-file: {e.Message}");
        }
    }

    private sealed class OpenedLater(string name, SemaphoreSlim opening, Func<CancellationToken, Task<IMigrationSource>> open) : IMigrationSource
    {
        private IMigrationSource? _source;

        public string Name => name;

        public bool Foreign => false;

        public async IAsyncEnumerable<SourceFile> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var file in (await SourceAsync(cancellationToken)).ListAsync(cancellationToken))
                yield return file;
        }

        public async Task<Stream> OpenAsync(MigrationItem item, CancellationToken cancellationToken = default) => await (await SourceAsync(cancellationToken)).OpenAsync(item, cancellationToken);

        public async Task<WhirlpoolHash?> HashAsync(MigrationItem item, CancellationToken cancellationToken = default) =>
            item.Checksum ?? await (await SourceAsync(cancellationToken)).HashAsync(item, cancellationToken);

        public async Task<Uri?> AddressAsync(MigrationItem item, CancellationToken cancellationToken = default) => await (await SourceAsync(cancellationToken)).AddressAsync(item, cancellationToken);

        private async Task<IMigrationSource> SourceAsync(CancellationToken cancellationToken)
        {
            await opening.WaitAsync(cancellationToken);
            try
            {
                return _source ??= await open(cancellationToken);
            }
            finally
            {
                opening.Release();
            }
        }
    }
}

using System.Collections.Concurrent;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Index;

namespace OneFichier.Cli;

/// <summary>The accounts of a run, each opened once, as trees and as volumes.</summary>
internal sealed class RemoteSession(Call call, RemoteTreeOptions? options = null) : IDisposable
{
    private readonly ConcurrentDictionary<string, (Session Session, IListingStore Store, RemoteTree Tree)> _open = [];
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Dictionary<(RemoteTree Tree, FolderId Start), RemoteVolume> _volumes = [];
    private readonly Dictionary<string, IVolume> _encrypted = [];
    private readonly Dictionary<RemoteTree, SqliteLinkBook> _books = [];
    private readonly List<IDisposable> _owned = [];

    /// <summary>How accounts are used as volumes.</summary>
    public RemoteVolumeOptions Volumes { get; init; } = new();

    /// <summary>How folders of this machine are used as volumes.</summary>
    public LocalVolumeOptions Disks { get; init; } = new();

    /// <summary>How direct links are asked for.</summary>
    public DirectLinkOptions Link { get; init; } = new();

    public async Task<RemoteTree> TreeAsync(string account, CancellationToken cancellationToken) => (await AccountAsync(account, cancellationToken)).Tree;

    /// <summary>The tree a place is in; a link belongs to the account of the run.</summary>
    public Task<RemoteTree> TreeAsync(Place place, CancellationToken cancellationToken) =>
        TreeAsync(AccountOf(place), cancellationToken);

    /// <summary>The client an account is asked with.</summary>
    public async Task<FichierClient> ClientAsync(Place place, CancellationToken cancellationToken) => (await TreeAsync(place, cancellationToken)).Client;

    /// <summary>The memory of direct links that all processes of an account share.</summary>
    public async Task<SqliteLinkBook> LinkBookAsync(Place place, CancellationToken cancellationToken)
    {
        var (session, _, tree) = await AccountAsync(AccountOf(place), cancellationToken);
        if (!_books.TryGetValue(tree, out var book))
            _books[tree] = book = Own(new SqliteLinkBook(Path.Combine(session.StateFolder, "links.db"), call.Time, call.Logs.CreateLogger("OneFichier.Drive")));

        return book;
    }

    /// <summary>A place as a path in a volume.</summary>
    public Task<Spot> OpenAsync(Place place, CancellationToken cancellationToken) => new SpotOpener(call, this).OpenAsync(place, cancellationToken);

    /// <summary>
    /// A place, and the path of another in the same volume: what is moved from one to the other is moved without its content.
    /// </summary>
    /// <exception cref="CliException">The other is in another account or on another disk.</exception>
    public Task<(Spot Spot, VolumePath? Beside)> OpenPairAsync(Place place, Place? beside, CancellationToken cancellationToken) =>
        new SpotOpener(call, this).OpenPairAsync(place, beside, cancellationToken);

    /// <summary>How long requests to come will take at the least, as the budget of the accounts in use stands now.</summary>
    public async Task<Func<int, TimeSpan>> RequestTimeAsync(CancellationToken cancellationToken)
    {
        var now = call.Time.GetUtcNow();
        var free = now;
        foreach (var (session, _, _) in _open.Values)
        {
            var rules = (await session.Client.Budget.SnapshotAsync(cancellationToken)).Rules;
            free = rules.Select(r => r.LockedUntil).OfType<DateTimeOffset>().Append(free).Max();
        }

        return requests => TimeSpan.FromSeconds(requests * 0.4) + (free > call.Time.GetUtcNow() ? free - call.Time.GetUtcNow() : TimeSpan.Zero);
    }

    /// <summary>How many requests this session has sent so far.</summary>
    public long Requests => _open.Values.Sum(o => o.Session.Client.Budget.Granted);

    /// <summary>Whether a place is in an encrypted remote.</summary>
    public bool IsEncrypted(Place place) => place is RemotePlace at && call.Config.Crypts?.ContainsKey(at.Account) == true;

    /// <summary>Sources and, last, a target, when the target is in an encrypted remote.</summary>
    public (IReadOnlyList<Place> Sources, Place Target)? EncryptedPair(string[] paths)
    {
        var target = Place.Parse(paths[^1]);
        return IsEncrypted(target) ? ([.. paths[..^1].Select(Place.Parse)], target) : null;
    }

    /// <summary>An encrypted remote, opened once.</summary>
    public async Task<IVolume> EncryptedAsync(string name, Func<Task<IVolume>> open)
    {
        if (!_encrypted.TryGetValue(name, out var known))
            _encrypted[name] = known = await open();

        return known;
    }

    /// <summary>A folder of an account, by its number, as a volume.</summary>
    public async Task<RemoteVolume> VolumeAsync(string account, FolderId start, CancellationToken cancellationToken)
    {
        var (session, _, tree) = await AccountAsync(account, cancellationToken);
        if (_volumes.TryGetValue((tree, start), out var known))
            return known;

        return _volumes[(tree, start)] = new RemoteVolume(tree, Volumes with { Start = start, Link = Link, JournalFolder = Path.Combine(session.StateFolder, "uploads"), Logger = call.Logs.CreateLogger("OneFichier.Drive") });
    }

    /// <summary>Something to be closed with the session.</summary>
    public T Own<T>(T resource) where T : IDisposable
    {
        _owned.Add(resource);
        return resource;
    }

    /// <summary>What is at a place: the folder of a path if there is one, else its newest file; what a link leads to.</summary>
    /// <exception cref="PathNotFoundException">There is nothing.</exception>
    public async Task<RemoteEntry> FindAsync(Place place, EntryKind kind, CancellationToken cancellationToken, Refresh refresh = Refresh.WhenOld, EntryKind? missing = null)
    {
        var tree = await TreeAsync(place, cancellationToken);
        if (place is RemotePlace { MeansFolder: true } && kind == EntryKind.Any)
            kind = EntryKind.Folder;

        return place switch
        {
            RemotePlace { Path: { Path.IsRoot: true, Start.Value: 0 } } at => RootOf(at),
            RemotePlace at => await tree.FindAsync(at.Path, refresh, cancellationToken) is { } entry && (kind == EntryKind.Any || entry.IsFolder == (kind == EntryKind.Folder))
                ? entry
                : await OtherwiseAsync(tree, at, kind, missing ?? kind, cancellationToken),
            LinkPlace at => await OfLinkAsync(tree, at, cancellationToken),
            _ => throw CliException.Usage($"'{Escaping.Visible(place.Text)}' cannot be used here.", "A path as 1f:docs/a.txt or a page link can."),
        };
    }

    /// <summary>What is remembered of a folder, without a request; nothing where that is nothing.</summary>
    public async Task<IReadOnlyList<RemoteEntry>> RememberedAsync(RemotePlace folder, CancellationToken cancellationToken)
    {
        var (_, store, tree) = await AccountAsync(folder.Account, cancellationToken);
        var id = folder.Path.Start;
        foreach (var name in folder.Path.Path.Segments)
        {
            if (store.FoldersNamed(id, name) is not [var child, ..])
                return [];

            id = child.Id;
        }

        return store.Read(id) is null ? [] : (await tree.ListAsync(id, Refresh.Never, cancellationToken)).Entries;
    }

    public void Dispose()
    {
        foreach (var resource in _owned)
            resource.Dispose();

        foreach (var (session, store, _) in _open.Values)
        {
            store.Dispose();
            session.Dispose();
        }

        _opening.Dispose();
    }

    /// <summary>The account a place is in; a link belongs to that of the run.</summary>
    public static string AccountOf(Place place) => place is RemotePlace remote ? remote.Account : "1f";

    private async Task<(Session Session, IListingStore Store, RemoteTree Tree)> AccountAsync(string account, CancellationToken cancellationToken)
    {
        var name = account == "1f" ? call.Globals.Account : account;
        if (_open.TryGetValue(name, out var known))
            return known;

        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_open.TryGetValue(name, out known))
                return known;

            var session = await Session.OpenAsync(call, name, cancellationToken);
            var store = session.OpenIndex();
            return _open[name] = (session, store, new RemoteTree(session.Client, store, options));
        }
        finally
        {
            _opening.Release();
        }
    }

    private static RemoteEntry RootOf(RemotePlace place) =>
        new(place.Path, place.Path.Start, new RemoteFolder { Id = place.Path.Start, Name = "", StoredName = "" });

    // A folder hides a file of the same name; where a file is asked for, the file is meant.
    private static Task<RemoteEntry> OtherwiseAsync(RemoteTree tree, RemotePlace at, EntryKind kind, EntryKind missing, CancellationToken cancellationToken) =>
        kind == EntryKind.File ? tree.GetFileAsync(at.Path, Refresh.WhenOld, cancellationToken) : throw new PathNotFoundException(at.Path, missing);

    private static async Task<RemoteEntry> OfLinkAsync(RemoteTree tree, LinkPlace place, CancellationToken cancellationToken)
    {
        var file = await tree.Client.Files.GetAsync(place.Link, cancellationToken: cancellationToken);
        var parent = file.Folder ?? FolderId.Root;
        var name = file.Name.Replace('/', '\uFF0F');
        return new RemoteEntry(new RemotePath(parent, VolumePath.Root).Combine(name), parent, new ListedFile(file));
    }
}

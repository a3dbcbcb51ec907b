using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Index;

namespace OneFichier.Cli;

/// <summary>Turns what a person typed into a volume and a path in it.</summary>
internal sealed class SpotOpener(Call call, RemoteSession session)
{
    private const int DeepestCrypt = 8;

    public async Task<Spot> OpenAsync(Place place, CancellationToken cancellationToken, int depth = 0) => place switch
    {
        LocalPlace at => Local(at),
        RemotePlace at when call.Config.Crypts?.GetValueOrDefault(at.Account) is { } record => await EncryptedAsync(at, record, depth, cancellationToken),
        RemotePlace at => new Spot(at, await session.VolumeAsync(at.Account, at.Path.Start, cancellationToken), at.Path.Path),
        LinkPlace at => Linked(at, await LinkedVolume.OfFileAsync(await session.ClientAsync(at, cancellationToken), at.Link, session.Link, cancellationToken)),
        SharePlace at => new Spot(at, await LinkedVolume.OfShareAsync(await session.ClientAsync(at, cancellationToken), at.Share, session.Link, cancellationToken), VolumePath.Root),
        _ => throw CliException.Usage($"'{Escaping.Visible(place.Text)}' cannot be used here.", "Give a path, local or as 1f:docs/a.txt, or a link."),
    };

    public async Task<(Spot Spot, VolumePath? Beside)> OpenPairAsync(Place place, Place? beside, CancellationToken cancellationToken)
    {
        if (place is LocalPlace at && beside is LocalPlace other)
            return LocalPair(at, other);

        var spot = await OpenAsync(place, cancellationToken);
        if (beside is null)
            return (spot, null);

        var second = await OpenAsync(beside, cancellationToken);
        return second.Volume == spot.Volume
            ? (spot, second.Path)
            : throw CliException.Usage($"'{Escaping.Visible(beside.Text)}' is not in the account or on the disk of '{Escaping.Visible(place.Text)}'.", "Backups are made by moving; name a folder beside the destination.");
    }

    /// <summary>Two folders of the disk in one volume, which begins at the folder they share.</summary>
    private (Spot Spot, VolumePath? Beside) LocalPair(LocalPlace place, LocalPlace beside)
    {
        var (one, two) = (Path.GetFullPath(place.Text).Split('/'), Path.GetFullPath(beside.Text).Split('/'));
        var shared = one.Zip(two).TakeWhile(p => p.First == p.Second).Count();
        var root = string.Join('/', one.Take(shared));
        var volume = new LocalVolume(root.Length == 0 ? "/" : root, Disks());
        return (new Spot(place, volume, Below(one.Skip(shared))), Below(two.Skip(shared)));
    }

    private static VolumePath Below(IEnumerable<string> diskNames) =>
        diskNames.Where(n => n.Length > 0).Aggregate(VolumePath.Root, (path, name) => path.Combine(LocalVolume.PathOf(name)));

    private static Spot Linked(LinkPlace place, LinkedVolume volume) => new(place, volume, volume.Files[0].Path);

    private Spot Local(LocalPlace place)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(place.Text.Length == 0 ? "." : place.Text));
        return File.Exists(path)
            ? new Spot(place, new LocalVolume(Path.GetDirectoryName(path)!, Disks()), LocalVolume.PathOf(Path.GetFileName(path)))
            : new Spot(place, new LocalVolume(path, Disks()), VolumePath.Root);
    }

    private LocalVolumeOptions Disks() => session.Disks with { HashCache = session.Disks.HashCache ?? Hashes() };

    private SqliteHashCache Hashes() => session.Own(new SqliteHashCache(Path.Combine(call.Places.StateFolder, "hashes.db"), call.Time, call.Logs.CreateLogger("OneFichier.Drive")));

    private async Task<Spot> EncryptedAsync(RemotePlace place, CryptRecord record, int depth, CancellationToken cancellationToken)
    {
        if (depth == DeepestCrypt)
            throw CliException.Usage($"The encrypted remote '{place.Account}' lies in itself.", "Correct it: fichier config crypt");

        var volume = await session.EncryptedAsync(place.Account, async () =>
        {
            var below = await OpenAsync(Place.Parse(record.Remote), cancellationToken, depth + 1);
            var keys = session.Own(await Session.CryptsOf(call).KeysAsync(place.Account, record, cancellationToken));
            return VolumeLayers.Build(below.Volume, new VolumeLayerOptions { Folder = below.Path, Crypt = new CryptLayer(keys, record.ToOptions()) });
        });
        return new Spot(place, volume, place.Path.Path);
    }
}

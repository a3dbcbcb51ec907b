using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

internal static class FileCalls
{
    public static async Task<RestAnswer> DeleteAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var (outcome, files) = await NamedAsync(request, cancellationToken);
        if (files.Count > 0)
            outcome.Add(files, await request.Volume.RemoveAsync([.. files.Select(f => f.Path)], cancellationToken), (file, _) => new RestChange("/" + file.Path, null, null));
        return outcome.Tell(new RestAnswer { Removed = outcome.Done.Count, Urls = outcome.Done });
    }

    public static async Task<RestAnswer> RenameAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var names = request.Input.All("filename", "filenames", "name", "rename").Select(RestPaths.Name).ToList();
        var files = await request.FilesAsync(cancellationToken);
        if (names.Count != files.Count)
            throw RestPaths.Bad("Each file needs one new name: filename.");
        var outcome = new Outcome(request);
        var moves = Found(files.Zip(names), outcome).Select(r => (r.File, new VolumeMove(r.File.Path, r.File.Path.Parent.Combine(r.Name)))).ToList();
        await MoveAsync(request, outcome, moves, cancellationToken);
        return outcome.Tell(new RestAnswer { Renamed = outcome.Done.Count, Urls = outcome.Done });
    }

    public static async Task<RestAnswer> MoveAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var targets = await TargetsAsync(request, cancellationToken);
        await MoveAsync(request, targets.Outcome, [.. targets.Files.Select(t => (t.File, new VolumeMove(t.File.Path, t.Target)))], cancellationToken);
        return targets.Outcome.Tell(new RestAnswer { Moved = targets.Outcome.Done.Count, Urls = targets.Outcome.Done });
    }

    public static async Task<RestAnswer> CopyAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var (outcome, files) = await TargetsAsync(request, cancellationToken);
        List<(Entry File, VolumePath Target)> free = [];
        foreach (var copy in files)
        {
            if (request.Input.Flag("overwrite") != true && await request.Volume.FindAsync(copy.Target, cancellationToken) is not null)
                outcome.Fail("/" + copy.File.Path, new NameTakenException(copy.Target));
            else
                free.Add(copy);
        }

        outcome.Add(free, await CopyAsync(request, free, cancellationToken), (copy, entry) => Change(request, copy.File.Path, copy.Target, entry));
        return outcome.Tell(new RestAnswer { Copied = outcome.Done.Count, Urls = outcome.Done });
    }

    private static async Task MoveAsync(RestRequest request, Outcome outcome, IReadOnlyList<(Entry File, VolumeMove Move)> moves, CancellationToken cancellationToken)
    {
        if (moves.Count == 0)
            return;
        var results = await request.Volume.MoveAsync([.. moves.Select(m => m.Move)], request.Input.Flag("overwrite") == true, cancellationToken);
        outcome.Add(moves, results, (m, entry) => Change(request, m.Move.From, m.Move.To, entry));
    }

    /// <summary>On the service where that can be, else by reading and writing.</summary>
    private static async Task<IReadOnlyList<ItemResult>> CopyAsync(RestRequest request, IReadOnlyList<(Entry File, VolumePath Target)> copies, CancellationToken cancellationToken)
    {
        if (copies.Count == 0)
            return [];
        if (request.Volume.Feature<IServerSideCopy>() is { } copier && copies.All(c => copier.CanCopy(c.File)))
            return await copier.CopyAsync([.. copies.Select(c => (c.File, c.Target))], cancellationToken);
        var options = new PutOptions { KeepExisting = request.Input.Flag("overwrite") != true };
        return await request.Volume.PutAsync([.. copies.Select(c => Copied(request.Volume, c.File, c.Target))], options, cancellationToken);
    }

    private static NewFile Copied(IVolume volume, Entry file, VolumePath target) =>
        new(target, file.Size, async token => await volume.OpenAsync(file.Path, new ByteRange(0, file.Size), token)) { ModTime = file.ModTime, Checksum = file.Checksum };

    private static async Task<(Outcome Outcome, List<Entry> Files)> NamedAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var outcome = new Outcome(request);
        var files = await request.FilesAsync(cancellationToken);
        return (outcome, [.. Found(files.Select(f => (f, "")), outcome).Select(f => f.File)]);
    }

    private static async Task<(Outcome Outcome, List<(Entry File, VolumePath Target)> Files)> TargetsAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var folder = await request.FolderAsync(["folder", "destination", "to"], ["destination_folder_id", "folder_id"], cancellationToken)
            ?? throw RestPaths.Bad("Where to? Say folder, or destination_folder_id.");
        var (outcome, files) = await NamedAsync(request, cancellationToken);
        var name = request.Input.One("rename", "name", "filename") is { } wish ? RestPaths.Name(wish) : null;
        if (name is not null && files.Count != 1)
            throw RestPaths.Bad("A new name can be given to one file.");
        return (outcome, [.. files.Select(f => (f, folder.Combine(name ?? f.Name)))]);
    }

    private static IEnumerable<(Entry File, string Name)> Found(IEnumerable<((string Named, Entry? File, Exception? Error) Search, string Name)> searches, Outcome outcome)
    {
        foreach (var (search, name) in searches.ToList())
        {
            if (search.File is { } file)
                yield return (file, name);
            else
                outcome.Fail(search.Named, search.Error!);
        }
    }

    private static RestChange Change(RestRequest request, VolumePath from, VolumePath target, Entry? entry) => new("/" + from, "/" + target, entry is null ? null : request.UrlOf(entry));
}

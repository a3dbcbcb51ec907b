namespace OneFichier.Drive.Staging;

/// <summary>What has to be done to what is stored before, or while, something takes its place.</summary>
internal sealed class SpoolStore(Spool spool)
{
    private const int Piece = 1 << 20;

    private readonly IRandomReads? _reads = spool.Inner.Feature<IRandomReads>();

    /// <summary>Reads a part of what is stored beneath an open file.</summary>
    /// <exception cref="IOException">It cannot be had.</exception>
    public async ValueTask ReadAsync(StagedFile file, Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        VolumePath? path;
        lock (spool.Overlay.Gate)
            path = file.Node?.Path ?? file.BaseNode?.Path;
        if (path is null || file.Base is not { } stored)
            throw new IOException("What was stored of the file is no longer there.");
        try
        {
            if (_reads is not null)
                await _reads.ReadAsync(stored with { Path = path.Value }, buffer, offset, cancellationToken);
            else
                await file.Source.ReadAsync(spool.Inner, path.Value, stored, (buffer, offset), cancellationToken);
        }
        catch (FichierException e)
        {
            throw new IOException(e.Message, e);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new IOException($"'{path}' became shorter while it was open.", e);
        }
    }

    /// <summary>Brings what is missing of a file into the spool.</summary>
    public async Task MakeWholeAsync(StagedFile file, CancellationToken cancellationToken)
    {
        var buffer = new byte[Piece];
        while (file.HoleFrom(0) is not null)
        {
            await file.Writing.WaitAsync(cancellationToken);
            try
            {
                if (file.HoleFrom(0) is not { } hole)
                    return;
                var piece = buffer.AsMemory(0, (int)Math.Min(Piece, hole.End - hole.Start));
                await ReadAsync(file, piece, hole.Start, cancellationToken);
                file.Spooled = true;
                file.Fill(piece.Span, hole.Start);
            }
            finally
            {
                file.Writing.Release();
            }
        }
    }

    /// <summary>Those who have a file open keep its content although what is stored at its name goes: those who lost the name already, and, where that is replaced, those who have it still.</summary>
    public async Task DetachAsync(VolumePath path, bool named, CancellationToken cancellationToken)
    {
        List<StagedFile> open = [];
        lock (spool.Overlay.Gate)
        {
            if (spool.Overlay.Find(path) is not { } node)
                return;
            open.AddRange(node.Held);
            if (named && node.File is { IsOpen: true } file)
                open.Add(file);
        }

        foreach (var file in open)
            await MakeWholeAsync(file, cancellationToken);
    }

    /// <summary>Removes inside what is no longer seen at a name and below it, what is below first. <see cref="Spool.Stored"/> is held.</summary>
    public async Task ClearAsync(VolumePath path, CancellationToken cancellationToken)
    {
        List<OverlayNode> gone;
        lock (spool.Overlay.Gate)
            gone = [.. spool.Overlay.Find(path)?.All().Reverse() ?? []];
        if (await RemoveAsync(gone, cancellationToken) is { } failure)
            throw failure;
    }

    /// <summary>Removes inside what is of another kind than what is seen, at a name and above it. <see cref="Spool.Stored"/> is held.</summary>
    public async Task MakeWayAsync(VolumePath path, CancellationToken cancellationToken)
    {
        foreach (var at in Above(path))
        {
            OverlayNode? node;
            lock (spool.Overlay.Gate)
                node = spool.Overlay.Find(at);
            if (node is null)
                return;
            if (at == path && node.Gone.HasFlag(Kinds.Folder))
                await ClearAsync(at, cancellationToken);
            else if (node.Folder && await RemoveAsync([node], cancellationToken) is { } failure)
                throw failure;
        }
    }

    /// <summary>Removes inside what some names no longer show, in order. <see cref="Spool.Stored"/> is held.</summary>
    /// <returns>Why one that had to go is still there.</returns>
    public async Task<Exception?> RemoveAsync(IReadOnlyList<OverlayNode> gone, CancellationToken cancellationToken)
    {
        List<(OverlayNode Node, VolumePath Path)> going;
        lock (spool.Overlay.Gate)
            going = [.. gone.Where(IsRemovable).Select(n => (n, n.Path))];
        if (going.Count == 0)
            return null;
        foreach (var (_, path) in going)
            await DetachAsync(path, named: false, cancellationToken);
        var results = await spool.Inner.RemoveAsync([.. going.Select(g => g.Path)], cancellationToken);
        Exception? failure = null;
        foreach (var ((node, _), result) in going.Zip(results))
            failure = Settle(node, result.Error) ?? failure;
        return failure;
    }

    /// <summary>As the other, where one of them is not stored yet.</summary>
    public async Task MakeFolderIfWaitingAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        lock (spool.Overlay.Gate)
        {
            if (!Above(folder).Any(p => spool.Overlay.Find(p) is { Folder: true }))
                return;
        }

        await MakeFolderAsync(folder, cancellationToken);
    }

    /// <summary>Makes the folders stored that one needs to be stored itself. <see cref="Spool.Stored"/> is held.</summary>
    public async Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        await MakeWayAsync(folder, cancellationToken);
        lock (spool.Overlay.Gate)
            Try(Above(folder).Select(spool.Overlay.Find).OfType<OverlayNode>());
        await spool.Inner.MakeFolderAsync(folder, cancellationToken);
        lock (spool.Overlay.Gate)
            spool.Commit([.. Above(folder).Select(spool.Overlay.Find).OfType<OverlayNode>().Where(n => n.Folder).Select(StoredFolder)]);
    }

    /// <summary>Whether what is stored at a name has to be removed: a put replaces a file, and a folder that is seen again stays.</summary>
    public static bool IsRemovable(OverlayNode node) =>
        node.Parent is not null && node.Gone != Kinds.None && !(node.Waiting is not null && node.Gone == Kinds.File) && !(node.Folder && node.Gone == Kinds.Folder);

    /// <summary>Whether it is to be removed now, unless something else needs the place: not before the content is stored under its new name.</summary>
    public static bool NeedsRemoval(OverlayNode node) => IsRemovable(node) && node.After is not { Dirty: true, Node: not null };

    /// <summary>Writes down that folders may be stored from now on. The overlay's gate is held.</summary>
    public void Try(IEnumerable<OverlayNode> folders)
    {
        var untried = folders.Where(n => n is { Folder: true, Tried: false }).Distinct().ToList();
        spool.Journal.Append([.. untried.Select(n => Overlay.NameRecord(n) with { Tried = true })]);
        foreach (var node in untried)
            node.Tried = true;
    }

    /// <summary>The record of a folder that is stored now as it is seen.</summary>
    public static SpoolRecord StoredFolder(OverlayNode node) => Overlay.NameRecord(node) with { Folder = false, Tried = false, Gone = node.Gone & ~Kinds.Folder };

    /// <summary>A folder and those above it, the highest first.</summary>
    public static IReadOnlyList<VolumePath> Above(VolumePath folder)
    {
        var all = new List<VolumePath>();
        for (var at = folder; !at.IsRoot; at = at.Parent)
            all.Insert(0, at);
        return all;
    }

    private Exception? Settle(OverlayNode node, Exception? error)
    {
        lock (spool.Overlay.Gate)
        {
            if (error is not null and not PathNotFoundException and not FolderNotEmptyException)
            {
                node.Retry.Failed(error, spool.Options);
                return error;
            }

            if (error is PathNotFoundException && node.Astray.Count > 0 && spool.Now < node.AstrayUntil)
            {
                node.Retry.LookAgain(spool.Options);
                return null;
            }

            if (error is null)
                node.Astray.Clear();
            if (node.Parent is not null)
                spool.Commit(Overlay.NameRecord(node) with { Gone = node.Gone == (Kinds.File | Kinds.Folder) ? Kinds.File : Kinds.None });
            return error as FolderNotEmptyException;
        }
    }
}

namespace OneFichier.Drive.Staging;

/// <summary>What is seen: what is stored, with what waits laid over it.</summary>
internal sealed class SpoolView(Spool spool)
{
    private const int Looks = 10;

    private readonly string _mark = $"staged-{spool.Options.Time.GetUtcNow().UtcTicks:x}";

    public ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken) =>
        SteadyAsync(() => Look(path), async look => look.Ask ? Judge(look, await spool.Inner.FindAsync(path, cancellationToken)) : look.Seen, cancellationToken);

    public async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken) => await SteadyAsync(
        () => Look(folder),
        async look =>
        {
            if (look is { Ask: false, Seen: not { IsFolder: true } } || look.Gone.HasFlag(Kinds.Folder))
                throw new PathNotFoundException(folder, EntryKind.Folder);
            return Merge(look, look.Stored ? await StoredAsync(folder, look, cancellationToken) : new FolderContents([]));
        },
        cancellationToken);

    /// <summary>The entry of a file that waits. The overlay's gate is held.</summary>
    public Entry EntryOf(StagedFile file, VolumePath path) => new(path, IsFolder: false)
    {
        Size = file.Length,
        ModTime = file.ModTime,
        Created = file.Created,
        Checksum = spool.Inner.Traits.Checksums ? file.Checksum : null,
        Id = $"{_mark}-{file.Id:x}-{file.Version:x}",
    };

    /// <summary>Whether an entry is one that <see cref="EntryOf"/> gave.</summary>
    public bool IsWaiting(Entry entry) => entry.Id?.StartsWith(_mark, StringComparison.Ordinal) == true;

    private async ValueTask<T> SteadyAsync<T>(Func<Sight> look, Func<Sight, ValueTask<T>> finish, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task moving;
            long settled;
            Sight sight;
            lock (spool.Overlay.Gate)
                (moving, settled, sight) = (spool.Moving, spool.Overlay.Settled, look());
            var (result, failure) = await TriedAsync(finish, sight);
            lock (spool.Overlay.Gate)
            {
                if (attempt >= Looks || (settled == spool.Overlay.Settled && spool.Moving.IsCompleted))
                    return failure is null ? result! : throw failure;
                moving = spool.Moving;
            }

            await ((Task)moving.WaitAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async ValueTask<(T? Result, PathNotFoundException? Failure)> TriedAsync<T>(Func<Sight, ValueTask<T>> finish, Sight sight)
    {
        try
        {
            return (await finish(sight), null);
        }
        catch (PathNotFoundException e)
        {
            return (default, e);
        }
    }

    /// <summary>What the overlay alone can tell.</summary>
    private Sight Look(VolumePath path)
    {
        var node = spool.Overlay.Root;
        var hidden = false;
        foreach (var name in path.Segments)
        {
            hidden |= node.HidesFolder;
            if (!node.Children.TryGetValue(name, out node!))
                return new Sight(path) { Ask = !hidden, Stored = !hidden };
        }

        var seen = Seen(node, path);
        return new Sight(path)
        {
            Seen = seen,
            Ask = seen is null && !hidden,
            Gone = seen is null ? node.Gone : Kinds.None,
            Stored = !hidden && !node.HidesFolder,
            Below = seen is null or { IsFolder: true } ? [.. node.Children.Values.Select(c => new SightBelow(c.Name, c.Gone, Seen(c, path.Combine(c.Name))))] : [],
            Keeps = node.All().Any(n => n != node && (n.Waiting is not null || n.Folder)),
        };
    }

    private Entry? Seen(OverlayNode node, VolumePath path) =>
        node.Waiting is { } file ? EntryOf(file, path) : node.Folder ? new Entry(path, IsFolder: true) : null;

    private static Entry? Judge(Sight look, Entry? stored)
    {
        if (stored is not null && (look.Gone & (stored.IsFolder ? Kinds.Folder : Kinds.File)) != Kinds.None)
            stored = null;
        return stored is null && look.Keeps ? new Entry(look.Path, IsFolder: true) : stored;
    }

    private async Task<FolderContents> StoredAsync(VolumePath folder, Sight look, CancellationToken cancellationToken)
    {
        try
        {
            return await spool.Inner.ListAsync(folder, cancellationToken);
        }
        catch (PathNotFoundException) when (look.Seen is not null || look.Keeps)
        {
            return new FolderContents([]);
        }
    }

    private static FolderContents Merge(Sight look, FolderContents stored)
    {
        if (look.Below.Count == 0)
            return stored;
        var below = look.Below.ToDictionary(b => b.Name, StringComparer.Ordinal);
        bool Shows(Entry entry) => !below.TryGetValue(entry.Name, out var there) || (there.Seen is null && (there.Gone & (entry.IsFolder ? Kinds.Folder : Kinds.File)) == Kinds.None);
        var entries = stored.Entries.Where(Shows).Concat(look.Below.Select(b => b.Seen).OfType<Entry>());
        return stored with { Entries = [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)], Hidden = [.. stored.Hidden.Where(Shows)] };
    }
}

/// <summary>What the overlay knows of a path.</summary>
internal sealed record Sight(VolumePath Path)
{
    /// <summary>What is seen, where that does not depend on what is stored.</summary>
    public Entry? Seen { get; init; }

    /// <summary>Whether it depends.</summary>
    public bool Ask { get; init; }

    public Kinds Gone { get; init; }

    /// <summary>Whether what is stored in the folder is seen.</summary>
    public bool Stored { get; init; }

    /// <summary>Whether something waits below.</summary>
    public bool Keeps { get; init; }

    public IReadOnlyList<SightBelow> Below { get; init; } = [];
}

/// <summary>A name in a folder.</summary>
internal sealed record SightBelow(string Name, Kinds Gone, Entry? Seen);

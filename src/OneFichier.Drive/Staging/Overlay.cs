namespace OneFichier.Drive.Staging;

/// <summary>
/// What is seen otherwise than it is stored. Every path of it is the path of what is stored as well, since what is stored is moved at once. All that outlives the process changes by records,
/// which are played again after a restart. Callers hold <see cref="Gate"/>.
/// </summary>
internal sealed class Overlay(SpoolOptions options, Func<long, StagedFile> makeFile)
{
    private readonly Dictionary<long, StagedFile> _files = [];

    public Lock Gate { get; } = new();

    public OverlayNode Root { get; } = new("", null);

    /// <summary>Files with content in the spool that have a name, by number.</summary>
    public IReadOnlyDictionary<long, StagedFile> Files => _files;

    /// <summary>A folder move that was begun inside and not written down as ended.</summary>
    public SpoolRecord? Intent { get; private set; }

    /// <summary>Counts the times at which something seen here became something stored, or moved there.</summary>
    public long Settled { get; set; }

    public long LastId { get; private set; }

    public long NextId() => ++LastId;

    public OverlayNode? Find(VolumePath path)
    {
        var node = Root;
        foreach (var name in path.Segments)
        {
            if (!node.Children.TryGetValue(name, out node!))
                return null;
        }

        return node;
    }

    public OverlayNode Make(VolumePath path)
    {
        var node = Root;
        foreach (var name in path.Segments)
        {
            if (!node.Children.TryGetValue(name, out var child))
                node.Children.Add(name, child = new OverlayNode(name, node));
            node = child;
        }

        return node;
    }

    /// <summary>Takes nodes out of the tree that say nothing, from here upwards.</summary>
    public static void Prune(OverlayNode? node)
    {
        while (node is { IsIdle: true })
        {
            var above = node.Parent;
            node.Detach();
            node = above;
        }
    }

    /// <summary>Makes a change that is written down.</summary>
    public void Apply(SpoolRecord record)
    {
        switch (record.Op)
        {
            case SpoolRecord.Name:
                SetName(Make(VolumePath.Parse(record.Path!)), record);
                break;
            case SpoolRecord.File:
                Known(record.Id!.Value).Restore(record);
                break;
            case SpoolRecord.Place:
                Place(Known(record.Id!.Value), record.Path is { } path ? Make(VolumePath.Parse(path)) : null);
                break;
            case SpoolRecord.Forget:
                Forget(record.Id!.Value);
                break;
            case SpoolRecord.Move:
                Move(VolumePath.Parse(record.Path!), VolumePath.Parse(record.To!), record);
                break;
            case SpoolRecord.Intent:
                Intent = record.Path is null ? null : record;
                break;
        }
    }

    /// <summary>All of it in as few records as there can be.</summary>
    public IReadOnlyList<IReadOnlyList<SpoolRecord>> Snapshot() =>
    [
        .. _files.Values.Where(f => f.Dirty && f.Node is not null).Select(f => (IReadOnlyList<SpoolRecord>)[f.Record(soft: false), PlaceRecord(f, f.Node!.Path)]),
        .. Root.All().Where(n => n.Gone != Kinds.None || n.Folder || n.Covers).Select(n => (IReadOnlyList<SpoolRecord>)[NameRecord(n)]),
    ];

    public static SpoolRecord NameRecord(OverlayNode node) => new()
    {
        Op = SpoolRecord.Name,
        Path = node.Path.ToString(),
        Gone = node.Gone,
        Folder = node.Folder,
        Tried = node.Tried,
        Covers = node.Covers,
        After = node.After?.Id,
    };

    /// <summary>A name that the file which waits there leaves, for another if it is not removed.</summary>
    public static SpoolRecord LeftRecord(OverlayNode node, StagedFile? elsewhere) => NameRecord(node) with
    {
        Gone = node.Covers ? node.Gone | Kinds.File : node.Gone,
        Covers = false,
        After = node.Covers ? elsewhere?.Id : node.After?.Id,
    };

    public static SpoolRecord PlaceRecord(StagedFile file, VolumePath? path) => new() { Op = SpoolRecord.Place, Id = file.Id, Path = path?.ToString() };

    public void Add(StagedFile file) => _files[file.Id] = file;

    /// <summary>Puts a file at a name, or takes its name away; one that was there loses its own.</summary>
    public void Place(StagedFile file, OverlayNode? node)
    {
        if (node is not null && node == file.Node)
            return;
        if (node?.File is { } other)
            Unname(other);
        var before = file.Node;
        if (before is not null)
            Leave(before, node is null ? null : file);
        if (before is not null && node is null)
            Hold(file, before);
        file.Node = node;
        if (node is null)
            _files.Remove(file.Id);
        else
            (node.File, node.Changed) = (file, Now());
        Prune(before);
    }

    private static void Hold(StagedFile file, OverlayNode node)
    {
        if (!file.IsOpen || file.IsWhole)
            return;
        file.BaseNode = node;
        node.Held.Add(file);
    }

    private void Leave(OverlayNode node, StagedFile? elsewhere)
    {
        if (node.Covers)
            (node.Gone, node.After) = (node.Gone | Kinds.File, elsewhere);
        (node.File, node.Covers, node.Changed) = (null, false, Now());
    }

    private void Unname(StagedFile file)
    {
        Hold(file, file.Node!);
        file.Node = null;
        _files.Remove(file.Id);
    }

    /// <summary>Nobody has the file open any more.</summary>
    public static void Closed(StagedFile file)
    {
        if (file.BaseNode is { } held)
        {
            held.Held.Remove(file);
            file.BaseNode = null;
            Prune(held);
        }

        if (file.Dirty || file.Node is not { } node)
            return;
        (file.Node, node.File) = (null, null);
        Prune(node);
    }

    private long Now() => options.Time.GetTimestamp();

    private void SetName(OverlayNode node, SpoolRecord record)
    {
        (node.Gone, node.Folder, node.Tried, node.Covers, node.Changed) = (record.Gone, record.Folder, record.Tried, record.Covers, Now());
        node.After = record.After is { } after ? _files.GetValueOrDefault(after) : null;
        node.Retry.Forgive();
        Prune(node);
    }

    private StagedFile Known(long id)
    {
        LastId = Math.Max(LastId, id);
        if (!_files.TryGetValue(id, out var file))
            _files.Add(id, file = makeFile(id));
        return file;
    }

    private void Forget(long id)
    {
        if (!_files.Remove(id, out var file) || file.Node is not { } node)
            return;
        node.Covers = false;
        if (file.IsOpen)
            return;
        (file.Node, node.File) = (null, null);
        Prune(node);
    }

    /// <summary>Moves what is seen at a name and below it: with what is stored there, or, when split, without.</summary>
    private void Move(VolumePath from, VolumePath to, SpoolRecord record)
    {
        Settled++;
        if (Find(from) is not { } source)
        {
            if (!record.Split && Find(to) is { } left)
                Clear(left);
            return;
        }

        if (record.Split)
        {
            var place = Make(to);
            Split(source, place);
            place.Tried |= record.Tried;
            foreach (var node in source.All().Reverse())
                Prune(node);
            return;
        }

        var above = source.Parent;
        if (Find(to) is { } target)
            Clear(target);
        source.Attach(Make(to.Parent), to.Name);
        source.Changed = Now();
        Prune(above);
        Prune(source);
    }

    /// <summary>What was at a name makes room, in all its parts.</summary>
    private void Clear(OverlayNode target)
    {
        foreach (var node in target.All())
        {
            if (node.File is { } file)
                Unname(file);
            (node.File, node.Gone, node.Folder, node.Tried, node.Covers) = (null, Kinds.None, false, false, false);
            foreach (var held in node.Held)
                held.BaseNode = null;
            node.Held.Clear();
        }

        foreach (var node in target.All().Reverse())
            Prune(node);
    }

    private void Split(OverlayNode from, OverlayNode to)
    {
        if (from.File is { } file)
            Place(file, to);
        if (from.Folder)
            (to.Folder, to.Tried, to.Changed, from.Folder) = (true, from.Tried, Now(), false);
        foreach (var child in from.Children.Values.ToList())
        {
            if (!to.Children.TryGetValue(child.Name, out var target))
                to.Children.Add(child.Name, target = new OverlayNode(child.Name, to));
            Split(child, target);
            Prune(target);
        }
    }
}

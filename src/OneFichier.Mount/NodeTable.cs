using OneFichier.Drive;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

/// <summary>
/// The nodes the kernel knows, as a tree of names: a node follows when it, or a folder above it, is renamed. Nodes nobody needs go; their numbers are never given out again.
/// </summary>
internal sealed class NodeTable
{
    public const ulong RootId = 1;

    /// <summary>So many nodes are kept for their looks alone.</summary>
    private const int MostKept = 200_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Node> _nodes = [];
    private readonly HashSet<ulong> _inodes = [RootId];
    private ulong _last = RootId;
    private int _kept;

    public NodeTable() => _nodes.Add(RootId, Root);

    public Node Root { get; } = new(RootId, isFolder: true, RootId) { Lookups = 1 };

    public int Count
    {
        get
        {
            lock (_gate)
                return _nodes.Count;
        }
    }

    public Node this[ulong id]
    {
        get
        {
            lock (_gate)
                return _nodes.GetValueOrDefault(id) ?? throw new FuseException(Errno.ESTALE);
        }
    }

    /// <summary>Where a node is now.</summary>
    /// <exception cref="FuseException">It, or a folder above it, was removed.</exception>
    public VolumePath PathOf(Node node, string? name = null)
    {
        lock (_gate)
        {
            var path = Walk(node);
            return name is null ? path : path.Combine(name);
        }
    }

    /// <summary>The node of a name, counted as a lookup; made when there is none, or one of the other kind.</summary>
    public Node Take(Node parent, string name, bool isFolder)
    {
        lock (_gate)
        {
            var node = parent.Children?.GetValueOrDefault(name);
            if (node is not null && node.IsFolder != isFolder)
            {
                Detach(node);
                node = null;
            }

            node ??= Make(parent, name, isFolder);
            node.Lookups++;
            return node;
        }
    }

    /// <summary>The node of a name, if the table has one.</summary>
    public Node? Peek(Node parent, string name)
    {
        lock (_gate)
            return parent.Children?.GetValueOrDefault(name);
    }

    /// <summary>The number programs would see of a name that has no node yet: the same at every mount (FNV-1a of the path).</summary>
    public static ulong InodeOf(VolumePath path)
    {
        var hash = 14695981039346656037;
        foreach (var c in path.ToString())
            hash = (hash ^ c) * 1099511628211;
        return hash <= RootId ? RootId + 1 : hash;
    }

    public void Forget(ulong id, ulong lookups)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(id, out var node) || node == Root)
                return;
            node.Lookups -= Math.Min(lookups, node.Lookups);
            Drop(node);
        }
    }

    /// <summary>A name was removed.</summary>
    public void Remove(Node parent, string name)
    {
        lock (_gate)
        {
            if (parent.Children?.GetValueOrDefault(name) is { } node)
                Detach(node);
        }
    }

    /// <summary>A name was given another place, where what had it is gone.</summary>
    public void Move(Node parent, string name, Node newParent, string newName)
    {
        lock (_gate)
        {
            if (newParent.Children?.GetValueOrDefault(newName) is { } replaced && (parent != newParent || name != newName))
                Detach(replaced);
            if (parent.Children?.Remove(name, out var node) != true)
                return;
            (node!.Parent, node.Name) = (newParent, newName);
            (newParent.Children ??= [])[newName] = node;
            Drop(parent);
        }
    }

    private static VolumePath Walk(Node node)
    {
        if (node.Id == RootId)
            return VolumePath.Root;
        return node is { Unlinked: false, Parent: { } parent } ? Walk(parent).Combine(node.Name) : throw new FuseException(Errno.ENOENT);
    }

    private Node Make(Node parent, string name, bool isFolder)
    {
        var inode = InodeOf(Walk(parent).Combine(name));
        while (!_inodes.Add(inode))
            inode++;
        var node = new Node(++_last, isFolder, inode) { Parent = parent, Name = name };
        (parent.Children ??= []).Add(name, node);
        _nodes.Add(node.Id, node);
        return node;
    }

    private void Detach(Node node)
    {
        var parent = node.Parent;
        node.Parent?.Children?.Remove(node.Name);
        (node.Parent, node.Unlinked) = (null, true);
        Drop(node);
        if (parent is not null)
            Drop(parent);
    }

    private void Drop(Node node)
    {
        for (Node? at = node; at is not null && at != Root && at.Lookups == 0 && at.Children is not { Count: > 0 };)
        {
            var parent = at.Parent;
            if (!at.Unlinked && at.Looks.Matter && Keep(at))
                return;
            parent?.Children?.Remove(at.Name);
            _nodes.Remove(at.Id);
            _inodes.Remove(at.Inode);
            _kept -= at.Looks.Counted ? 1 : 0;
            at = parent;
        }
    }

    private bool Keep(Node node)
    {
        if (node.Looks.Counted)
            return true;
        if (_kept >= MostKept)
            return false;
        _kept++;
        return node.Looks.Counted = true;
    }
}

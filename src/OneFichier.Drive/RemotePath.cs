namespace OneFichier.Drive;

/// <summary>A path of an account, read from the root or from any folder by its number.</summary>
/// <param name="Start">The folder the path is read from.</param>
/// <param name="Path">The way down from there.</param>
public readonly record struct RemotePath(FolderId Start, VolumePath Path)
{
    /// <summary>A path from the root of the account.</summary>
    public static implicit operator RemotePath(VolumePath path) => new(FolderId.Root, path);

    /// <summary>A folder by its number.</summary>
    public static implicit operator RemotePath(FolderId folder) => new(folder, VolumePath.Root);

    /// <summary>Reads <c>id:3357645</c>, <c>id:3357645/below/it</c>, or a path from the root.</summary>
    /// <exception cref="FormatException">What follows <c>id:</c> is no folder number.</exception>
    public static RemotePath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith("id:", StringComparison.Ordinal))
            return VolumePath.Parse(text);
        var halves = text[3..].Split('/', 2);
        return new RemotePath(FolderId.Parse(halves[0]), halves.Length == 1 ? VolumePath.Root : VolumePath.Parse(halves[1]));
    }

    /// <summary>The same start, a name further down.</summary>
    public RemotePath Combine(string name) => this with { Path = Path.Combine(name) };

    /// <summary>The folder this lies in. The start of a path lies, as far as the path can tell, in itself.</summary>
    public RemotePath Parent => this with { Path = Path.Parent };

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        Start == FolderId.Root ? Path.ToString() : Path.IsRoot ? $"id:{Start}" : $"id:{Start}/{Path}";
}

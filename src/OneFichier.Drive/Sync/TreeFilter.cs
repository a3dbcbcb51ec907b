namespace OneFichier.Drive.Sync;

/// <summary>Which files and folders of a tree take part. Paths are read from the root of the tree.</summary>
public abstract class TreeFilter
{
    /// <summary>A filter that lets everything through.</summary>
    public static TreeFilter Everything { get; } = new PassAll();

    /// <summary>Whether a file takes part.</summary>
    public abstract bool Includes(Entry file);

    /// <summary>Whether anything in a folder may take part; what lies in one that does not is never listed.</summary>
    public abstract bool Enters(VolumePath folder);

    /// <summary>Whether a folder that was entered takes part, judged by what is in it (<c>--exclude-if-present</c>).</summary>
    public virtual bool Includes(FolderContents folder) => true;

    private sealed class PassAll : TreeFilter
    {
        public override bool Includes(Entry file) => true;

        public override bool Enters(VolumePath folder) => true;
    }
}

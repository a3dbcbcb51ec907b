namespace OneFichier.Drive.Sync;

/// <summary>A folder of a volume and all below it: one side of a sync or a check.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Root">The folder, in the volume.</param>
public sealed record SyncTree(IVolume Volume, VolumePath Root = default)
{
    /// <summary>Where in the volume something of this tree is.</summary>
    public VolumePath At(VolumePath below) => Root.Combine(below);

    /// <summary>An entry of the volume as it is seen from the root of this tree.</summary>
    internal Entry Seen(Entry entry, VolumePath below) => Root.IsRoot ? entry : entry with { Path = below };
}

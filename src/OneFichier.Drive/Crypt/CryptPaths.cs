namespace OneFichier.Drive.Crypt;

/// <summary>From paths of an encrypted volume to those of the volume inside.</summary>
internal sealed class CryptPaths(CryptNames names)
{
    private Pair _lastFolder = new(VolumePath.Root, VolumePath.Root);

    /// <exception cref="FichierException">A name cannot be encrypted.</exception>
    public VolumePath Folder(VolumePath plain)
    {
        if (plain.IsRoot)
            return plain;
        if (Volatile.Read(ref _lastFolder) is var last && last.Plain == plain)
            return last.Stored;
        var stored = Folder(plain.Parent).Combine(names.StoredFolder(plain.Name));
        Volatile.Write(ref _lastFolder, new Pair(plain, stored));
        return stored;
    }

    /// <exception cref="FichierException">A name cannot be encrypted.</exception>
    public VolumePath File(VolumePath plain) => plain.IsRoot ? plain : Folder(plain.Parent).Combine(names.StoredFile(plain.Name));

    /// <summary>Whether a file and a folder of that path are stored under the same one, so that only one of them can be there.</summary>
    public bool IsOneName(VolumePath plain) => plain.IsRoot || names.IsOneName(plain.Name);

    /// <summary>Whether nothing can be stored at a path, because a name in it cannot be encrypted.</summary>
    public bool IsImpossible(VolumePath plain) => plain.Segments.Any(segment => !names.CanStore(segment));

    private sealed record Pair(VolumePath Plain, VolumePath Stored);
}

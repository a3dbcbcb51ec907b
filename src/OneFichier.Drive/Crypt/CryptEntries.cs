namespace OneFichier.Drive.Crypt;

/// <summary>Entries of the volume inside as they look from outside.</summary>
internal sealed class CryptEntries(CryptKeys keys, CryptNames names, CryptOptions options)
{
    private const char Separator = '|';

    private string Mark => $"crypt-{keys.Fingerprint}{Separator}";

    /// <summary>An entry under its plain path; <see langword="null"/> when it is a file of a size no encrypted file has.</summary>
    /// <remarks>The link stays inside: what it leads to is not the content seen here. Keys and link are in the id, so that a copy on the service finds them again.</remarks>
    public Entry? Plain(Entry stored, VolumePath path)
    {
        var size = stored.IsFolder || !options.EncryptContent ? stored.Size : CryptLayout.Plain(stored.Size);
        return size is null ? null : stored with
        {
            Path = path,
            Size = size.Value,
            Checksum = options.EncryptContent ? null : stored.Checksum,
            Link = null,
            Id = stored.Id is null && stored.Link is null ? null : $"{Mark}{stored.Link}{Separator}{stored.Id}",
        };
    }

    /// <summary>The size a file of a size has inside.</summary>
    public long StoredSize(long plain) => options.EncryptContent ? CryptLayout.Encrypted(plain) : plain;

    /// <summary>
    /// What is in a folder, with a note for each entry that is none of the volume's. Where none of them is, the keys are likely others, and the listing is not taken for that of an empty folder.
    /// </summary>
    public FolderContents Plain(FolderContents stored, VolumePath folder)
    {
        var notes = new List<string>();
        var renamed = new List<(string Stored, string Plain)>();
        var entries = new List<Entry>(stored.Entries.Count);
        foreach (var entry in stored.Entries)
        {
            if ((entry.IsFolder ? names.PlainFolder(entry.Name) : names.PlainFile(entry.Name)) is not { } name)
                notes.Add($"'{entry.Name}' is no name of this encrypted volume; it is left out.");
            else if (Plain(entry, folder.Combine(name)) is not { } plain)
                notes.Add($"'{name}' has {entry.Size} bytes, which no encrypted file has; it is left out.");
            else
                Add(plain, entry);
        }

        var strange = entries.Count == 0 && notes.Count > 0;
        if (strange)
            notes = [$"None of the {stored.Entries.Count} names in '{folder}' is one of this encrypted volume: it has another password, or lies elsewhere."];

        return stored with
        {
            Complete = stored.Complete && !strange,
            Entries = [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)],
            Notes = [.. stored.Notes.Select(n => renamed.Aggregate(n, (note, r) => note.Replace(r.Stored, r.Plain, StringComparison.Ordinal))), .. notes],
        };

        void Add(Entry plain, Entry entry)
        {
            entries.Add(plain);
            if (stored.Notes.Count > 0)
                renamed.Add((entry.Name, plain.Name));
        }
    }

    /// <summary>The id and the link inside of an entry that was encrypted with these keys; <see langword="null"/> of any other.</summary>
    public (string? Id, FileLink? Link)? Inside(Entry plain)
    {
        if (plain.Id is not { } id || !id.StartsWith(Mark, StringComparison.Ordinal))
            return null;
        var halves = id[Mark.Length..].Split(Separator, 2);
        return (halves[1].Length == 0 ? null : halves[1], halves[0].Length == 0 ? null : FileLink.Parse(halves[0]));
    }
}

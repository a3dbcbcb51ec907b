namespace OneFichier.Drive.Local;

/// <summary>Lists a folder of the disk, and says what it had to leave out.</summary>
internal sealed class DiskLister(DiskTree tree, bool followLinks)
{
    public FolderContents List(VolumePath folder, CancellationToken cancellationToken)
    {
        if (tree.LocateShown(folder) is not { Info.Kind: DiskKind.Folder } place)
            throw new PathNotFoundException(folder, EntryKind.Folder);
        var listing = new Listing(folder);
        foreach (var name in Names(folder, place.Path).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TempFile.IsOne(name))
                listing.Take(name, tree.Look(place, Path.Join(place.Path, name)), followLinks);
        }

        return listing.Contents;
    }

    private static List<string> Names(VolumePath folder, string path)
    {
        try
        {
            return [.. DiskTree.NamesIn(path)];
        }
        catch (DirectoryNotFoundException e)
        {
            throw new PathNotFoundException(folder, EntryKind.Folder, e);
        }
    }

    private sealed class Listing(VolumePath folder)
    {
        private const char Replacement = '\uFFFD';

        private readonly Dictionary<string, (string DiskName, Entry Entry)> _shown = new(StringComparer.Ordinal);
        private readonly List<string> _notes = [];
        private bool _complete = true;
        private string? _last;

        public FolderContents Contents =>
            new([.. _shown.Values.Select(s => s.Entry).OrderBy(e => e.Name, StringComparer.Ordinal)]) { Complete = _complete, Notes = _notes };

        public void Take(string name, DiskInfo? info, bool followLinks)
        {
            var twice = name == _last;
            _last = name;
            if (twice || (info is null && name.Contains(Replacement, StringComparison.Ordinal)))
                LeaveOut($"The name of '{name}' is not UTF-8 and cannot be shown.");
            else if (info is { Kind: DiskKind.Link })
                _notes.Add(followLinks ? $"The link '{name}' leads nowhere or back up and is left out." : $"The link '{name}' is not followed.");
            else if (info is { Kind: DiskKind.Special })
                _notes.Add($"'{name}' is a pipe, a socket or a device and is left out.");
            else if (info is not null)
                Show(name, DiskName.Decode(name), info);
        }

        private void Show(string diskName, string segment, DiskInfo info)
        {
            var better = !_shown.TryGetValue(segment, out var other) || DiskName.Encode(segment) == diskName;
            if (other.DiskName is not null)
                LeaveOut($"'{(better ? other.DiskName : diskName)}' is shown under the same name as '{(better ? diskName : other.DiskName)}' and is hidden behind it.");
            if (better)
                _shown[segment] = (diskName, info.At(folder.Combine(segment)));
        }

        /// <summary>What is left out although it belongs here may have been stored elsewhere by a program that sees it, so nobody may take it for removed.</summary>
        private void LeaveOut(string note)
        {
            _complete = false;
            _notes.Add(note);
        }
    }
}

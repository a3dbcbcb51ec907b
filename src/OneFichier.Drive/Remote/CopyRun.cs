using OneFichier.Names;

namespace OneFichier.Drive.Remote;

/// <summary>One call that copies on the service: files that go into one folder under their names in one request, renamed ones by themselves.</summary>
internal sealed class CopyRun(VolumeContext volume)
{
    private sealed record Step(int Index, ListedFile File, VolumePath Target, FolderId Folder);

    public async Task<IReadOnlyList<ItemResult>> RunAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken)
    {
        var results = new ItemResult[copies.Count];
        var left = copies.Index().ToList();
        while (left.Count > 0)
        {
            var round = left.DistinctBy(c => c.Item.Target).ToList();
            left = [.. left.Except(round)];
            var steps = new List<Step>();
            foreach (var (index, copy) in round)
                results[index] = await PlanAsync(index, copy, steps, cancellationToken);
            foreach (var group in steps.GroupBy(s => (s.Folder, Renamed: s.File.Name != PathNames.ToName(s.Target.Name) ? s.Index : -1)))
                await CopyAsync([.. group], results, cancellationToken);
        }

        return results;
    }

    private async Task<ItemResult> PlanAsync(int index, (Entry Source, VolumePath Target) copy, List<Step> steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (copy.Source is not { IsFolder: false, Link: { } link })
                throw new ArgumentException($"'{copy.Source.Path}' cannot be copied on the service.");
            ServiceName.ThrowIfTooLong(PathNames.ToName(copy.Target.Name));
            if (copy.Target.IsRoot || (await volume.AllAtAsync(copy.Target, cancellationToken)) is [{ IsFolder: true }, ..])
                throw new NameTakenException(volume.At(copy.Target));
            var folder = await volume.FolderAsync(copy.Target.Parent, cancellationToken);
            steps.Add(new Step(index, FileOf(copy.Source, link), copy.Target, folder));
            return new ItemResult(copy.Target);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new ItemResult(copy.Target) { Error = e };
        }
    }

    private static ListedFile FileOf(Entry source, FileLink link)
    {
        var name = PathNames.ToName(source.Name);
        var file = new RemoteFile { Link = link, Name = name, StoredName = ServiceName.Encode(name), Size = source.Size, Checksum = source.Checksum, ContentType = source.ContentType };
        return new ListedFile(file) { ModTime = source.ModTime };
    }

    private async Task CopyAsync(IReadOnlyList<Step> steps, ItemResult[] results, CancellationToken cancellationToken)
    {
        var name = PathNames.ToName(steps[0].Target.Name);
        var options = steps[0].File.Name == name ? null : new FileCopyOptions { Rename = name };
        Exception? failure = null;
        IReadOnlyList<FileCopy> made = [];
        try
        {
            made = await volume.Tree.CopyFilesAsync([.. steps.Select(s => s.File)], volume.At(steps[0].Target.Parent), NameClash.Replace, options, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failure = e;
        }

        foreach (var step in steps)
        {
            var link = made.FirstOrDefault(c => c.From.Id == step.File.Link.Id)?.To;
            var entry = link is { } copied ? volume.Remembered(step.Target, step.Folder, copied) : null;
            results[step.Index] = new ItemResult(step.Target) { Entry = entry, Error = entry is not null ? null : failure ?? new PathNotFoundException(volume.At(step.Target), EntryKind.File) };
        }
    }
}

using System.Globalization;

namespace OneFichier.Drive.Remote;

/// <summary>Modification times after the put: in the index, and in descriptions where that is wanted (docs/spec/remote-rules.md).</summary>
internal sealed class TimesRun(VolumeContext volume)
{
    private const string Prefix = "mtime=";
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private readonly TreeContext _tree = volume.Tree.Context;

    public async Task<IReadOnlyList<ItemResult>> SetAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> times, CancellationToken cancellationToken)
    {
        if (volume.Options.Times == TimesMode.None)
            return [.. times.Select(t => new ItemResult(t.File.Path) { Error = new NotSupportedException("No modification times are kept here.") })];
        var results = await EachItem.DoAsync(times, t => t.File.Path, t => SetAsync(t.File, t.ModTime, cancellationToken), cancellationToken);
        var done = times.Zip(results).Where(t => t.Second.Error is null).Select(t => (t.First.File.Link!.Value, t.First.ModTime)).ToList();
        await DescribeAsync(await OursAsync(done, cancellationToken), cancellationToken);
        return results;
    }

    /// <summary>Writes times into descriptions, those that are equal in one request.</summary>
    public async Task DescribeAsync(IEnumerable<(FileLink Link, DateTimeOffset ModTime)> files, CancellationToken cancellationToken)
    {
        if (volume.Options.Times != TimesMode.Description)
            return;
        foreach (var batch in files.GroupBy(f => f.ModTime.UtcTicks).SelectMany(g => _tree.Batches(g)))
        {
            var text = Prefix + batch[0].ModTime.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
            await _tree.Client.Files.SetAttributesAsync([.. batch.Select(f => f.Link)], new FileAttributeChanges { Description = text }, cancellationToken);
        }
    }

    public async Task<Entry> ReadAsync(Entry file, CancellationToken cancellationToken)
    {
        if (volume.Options.Times != TimesMode.Description || file is not { ModTime: null, Link: { } link })
            return file;
        if (Parse((await _tree.Client.Files.GetAsync(link, cancellationToken: cancellationToken)).Description) is not { } modTime)
            return file;
        if (await ThereAsync(file, cancellationToken) is { } there)
            volume.Tree.SetModTimes([(there, modTime)]);
        return file with { ModTime = modTime };
    }

    private async ValueTask<Entry?> SetAsync(Entry file, DateTimeOffset modTime, CancellationToken cancellationToken)
    {
        var there = await ThereAsync(file, cancellationToken) ?? throw new PathNotFoundException(volume.At(file.Path), EntryKind.File);
        volume.Tree.SetModTimes([(there, modTime)]);
        return volume.Remembered(file.Path, there.Parent, there.File!.Link);
    }

    private async Task<RemoteEntry?> ThereAsync(Entry file, CancellationToken cancellationToken) =>
        (await volume.AllAtAsync(file.Path, cancellationToken)).FirstOrDefault(e => e.File is { } there && there.Link.Id == file.Link?.Id);

    /// <summary>The files whose description is empty or ours.</summary>
    private async Task<IReadOnlyList<(FileLink Link, DateTimeOffset ModTime)>> OursAsync(IEnumerable<(FileLink Link, DateTimeOffset ModTime)> files, CancellationToken cancellationToken)
    {
        var ours = new List<(FileLink, DateTimeOffset)>();
        foreach (var file in files.Where(_ => volume.Options.Times == TimesMode.Description))
        {
            var description = (await _tree.Client.Files.GetAsync(file.Link, cancellationToken: cancellationToken)).Description;
            if (string.IsNullOrEmpty(description) || Parse(description) is not null)
                ours.Add(file);
        }

        return ours;
    }

    private static DateTimeOffset? Parse(string? description) =>
        description is not null && description.StartsWith(Prefix, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(description[Prefix.Length..], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}

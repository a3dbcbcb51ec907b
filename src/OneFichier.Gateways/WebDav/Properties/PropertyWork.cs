using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>Carries out the changes of a <c>PROPPATCH</c> when all of them can be.</summary>
internal sealed class PropertyWork(DavRequest request, Entry entry)
{
    private readonly bool _setsTimes = TimeProperties.CanBeSet(request.Volume, entry);

    /// <returns>Which could not be made, and why; when there is one, none was.</returns>
    public async Task<IReadOnlyDictionary<XName, int>> RunAsync(IReadOnlyList<PropertyChange> changes, CancellationToken cancellationToken)
    {
        var refusals = new Dictionary<XName, int>();
        foreach (var change in changes)
        {
            if (RefusalOf(change) is { } status)
                refusals[change.Name] = status;
        }

        var kept = changes.Where(c => !SetsTime(c.Name)).ToList();
        if (refusals.Count == 0 && !request.State.Properties.HasRoomFor(kept.Where(c => !IsWindows(c.Name)).Select(c => c.Value).OfType<XElement>()))
            kept.ForEach(c => refusals[c.Name] = StatusCodes.Status507InsufficientStorage);
        if (refusals.Count == 0 && changes.LastOrDefault(c => SetsTime(c.Name)) is { Value: { } time })
            await SetTimeAsync(TimeProperties.Parse(time, request.Now)!.Value, cancellationToken);
        if (refusals.Count == 0)
            kept.ForEach(Keep);
        return refusals;
    }

    /// <summary>Windows sets some after every upload and takes a refusal for a failed upload, so they are accepted even where there is no room to keep them.</summary>
    private static bool IsWindows(XName name) => name.Namespace == DavNames.Microsoft;

    private bool SetsTime(XName name) => _setsTimes && TimeProperties.IsOne(name);

    private int? RefusalOf(PropertyChange change)
    {
        if (SetsTime(change.Name))
            return change.Value is null ? StatusCodes.Status403Forbidden : TimeProperties.Parse(change.Value, request.Now) is null ? StatusCodes.Status409Conflict : null;
        return LiveProperties.IsProtected(change.Name) || (TimeProperties.IsOne(change.Name) && !TimeProperties.IsOptional(change.Name)) ? StatusCodes.Status403Forbidden : null;
    }

    private async Task SetTimeAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var result = await request.Volume.Feature<IFileTimes>()!.SetTimesAsync([(entry, time)], cancellationToken);
        VolumeCalls.Done(result[0]);
    }

    private void Keep(PropertyChange change)
    {
        var (kept, place) = (request.State.Properties, request.Whole(request.Path));
        if (change.Value is null)
            kept.Remove(place, change.Name);
        else if (!IsWindows(change.Name) || kept.HasRoomFor([change.Value]))
            kept.Set(place, change.Value);
    }
}

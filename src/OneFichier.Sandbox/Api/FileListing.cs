using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>file/ls.</summary>
internal static class FileListing
{
    public static JsonObject List(ApiCall call)
    {
        var window = Window(call);
        var listed = Source(call, out var hideLinks)
            .Where(f => window(f.File.Date))
            .OrderByDescending(f => f.File.Date)
            .Take(call.World.Limits.ListingCap);
        var items = new JsonArray([.. listed.Select(f => (JsonNode)FileItems.Item(call, f.File, f.Name, hideLinks))]);
        var reply = ApiCall.Ok();
        reply["count"] = items.Count;
        FileItems.SetArray(call, reply, "items", items);
        return reply;
    }

    private static IEnumerable<(StoredFile File, string Name)> Source(ApiCall call, out bool hideLinks)
    {
        hideLinks = false;
        if (call.Body.Number("folder_id") == -1)
            return call.Member.Root.SelfAndDescendants().Append(call.Member.IncomingFolder).SelectMany(call.World.Listed);
        var folder = Lookup.Folder(call, "folder_id");
        if (folder.Owner == call.Member)
            return call.World.Listed(folder);
        var share = Lookup.ShareOf(call, folder);
        hideLinks = share is { HideLinks: true };
        return share is null ? [] : call.World.Listed(folder);
    }

    private static Func<DateTimeOffset, bool> Window(ApiCall call)
    {
        var before = Bound(call, "sent_before") ?? DateTimeOffset.MaxValue;
        var after = Bound(call, "sent_after") ?? DateTimeOffset.MinValue;
        if (call.Behaviours.ExclusiveWindows)
            return date => Second(date) < before && Second(date) > after;
        return date => Second(date) <= before && Second(date) >= after;
    }

    private static DateTimeOffset Second(DateTimeOffset date) => date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));

    private static DateTimeOffset? Bound(ApiCall call, string field) =>
        call.Body.Text(field) is not { Length: > 0 } text ? null
            : ParisTime.Read(text, call.Behaviours.Dates) ?? throw Refusal.Bad(field);
}

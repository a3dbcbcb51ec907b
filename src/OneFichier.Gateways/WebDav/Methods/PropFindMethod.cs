using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>PROPFIND (RFC 4918 §9.1). A listing that cannot be had is an error and never an empty folder; one that is old or not whole says so in words.</summary>
internal sealed class PropFindMethod : IDavMethod
{
    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var query = PropertyQuery.Of(await DavXml.ReadAsync(request, "propfind", cancellationToken));
        var entry = await request.GetAsync(cancellationToken);
        await request.CheckConditionsAsync(entry, cancellationToken);
        var depth = entry.IsFolder ? request.Depth(Depth.Infinity) : Depth.Zero;
        if (depth == Depth.Infinity && !request.State.Options.DeepListings)
            throw DavException.Condemned(StatusCodes.Status403Forbidden, "propfind-finite-depth");
        var reader = new PropertyReader(request, query, await SpaceAsync(request, query, cancellationToken));
        var listing = depth == Depth.Zero ? null : await request.Volume.ListAsync(entry.Path, cancellationToken);
        await using var answer = MultiStatus.Begin(request.Response);
        await AddAsync(entry);
        if (depth != Depth.Infinity)
        {
            foreach (var child in listing?.Addressable() ?? [])
                await AddAsync(child);
        }
        else
        {
            await foreach (var (_, contents) in request.Volume.WalkAsync(entry.Path, p => ListingNote.IsAddressable(p.Name), cancellationToken))
            {
                foreach (var child in Whole(contents).Addressable())
                    await AddAsync(child);
            }
        }

        await answer.EndAsync(listing is null ? null : ListingNote.Of(listing));

        Task AddAsync(Entry one) => answer.AddAsync(request.Urls.Href(one.Path, one.IsFolder), reader.Propstats(one));
    }

    /// <summary>In the middle of an answer there is no other way to say that a folder is not as it should be than to break it off.</summary>
    private static FolderContents Whole(FolderContents contents) =>
        contents is { Complete: true, Stale: false } ? contents : throw contents.Failure ?? new IOException("A folder could not be listed whole.");

    private static async Task<VolumeSpace?> SpaceAsync(DavRequest request, PropertyQuery query, CancellationToken cancellationToken) =>
        query.Named.Any(LiveProperties.IsRoom) && request.Volume.Feature<IVolumeSpace>() is { } room ? await room.SpaceAsync(cancellationToken) : null;
}

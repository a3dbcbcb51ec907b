using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Http;

/// <summary>Answers GET and HEAD of a folder in the form that is asked for by <c>?format=</c>: a page, <c>json</c> or <c>m3u</c>.</summary>
internal sealed class FolderAnswer(HttpContext context, Entry folder, StableLinks links, HttpFaceOptions options)
{
    private readonly IGatewaySession _session = context.Session();

    public async Task SendAsync(bool namedAsFolder, CancellationToken cancellationToken)
    {
        var format = context.Request.Query["format"].ToString();
        if (!namedAsFolder)
            ToTheFolder();
        else if (format == "m3u")
            await TextAnswer.SendAsync(context, "audio/x-mpegurl", await PlaylistAsync(cancellationToken), options.Time.GetUtcNow());
        else if (format is "" or "html" or "json")
            await ListingAsync(format == "json", await _session.Volume.ListAsync(folder.Path, cancellationToken));
        else
            throw new BadHttpRequestException("A folder can be had as html, json or m3u.", StatusCodes.Status400BadRequest);
    }

    private void ToTheFolder()
    {
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = context.Request.PathBase.ToUriComponent() + GatewayPath.Encode(folder.Path, isFolder: true) + context.Request.QueryString.ToUriComponent();
        context.Response.ContentLength = 0;
    }

    private async Task ListingAsync(bool asJson, FolderContents contents)
    {
        foreach (var entry in contents.Entries)
            links.Finder.Remember(_session, entry);
        var now = options.Time.GetUtcNow();
        if (asJson)
            await TextAnswer.SendAsync(context, "application/json", JsonListing.Of(folder.Path, contents, LinkOf), now);
        else
            await TextAnswer.SendAsync(context, "text/html", new HtmlListing(folder.Path, contents, ListingOrder.Of(context.Request.Query)).ToString(), now);
    }

    private async Task<string> PlaylistAsync(CancellationToken cancellationToken)
    {
        var playlist = new Playlist(context.Request, LinkOf, options.MaxPlaylist);
        if (!IsRecursive())
        {
            playlist.Add(await _session.Volume.ListAsync(folder.Path, cancellationToken));
            return playlist.ToString();
        }

        await foreach (var (_, contents) in _session.Volume.WalkAsync(folder.Path, _ => !playlist.IsFull, cancellationToken))
            playlist.Add(contents);
        return playlist.ToString();
    }

    private bool IsRecursive() => context.Request.Query.TryGetValue("recursive", out var word) && word.ToString() is ("" or "1" or "true" or "yes");

    private string LinkOf(Entry file) => links.UrlOf(context.Request, _session, file);
}

using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

internal static class LinkCalls
{
    /// <summary>A direct link where a redirect would be given too; else the address here, which asks for the token as all of them do.</summary>
    public static async Task<RestAnswer> GetTokenAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var file = await request.FileAsync(cancellationToken);
        var mode = request.State.Options.Mode;
        var mayPass = mode == DeliveryMode.Redirect || (mode == DeliveryMode.Auto && Delivery.IsNear(request.Context));
        if (!mayPass || request.Volume.Feature<IDirectLinks>() is not { } links || !links.CanLink(file))
            return new RestAnswer { Url = request.UrlOf(file), Direct = false };
        var link = await links.LinkAsync(file, cancellationToken);
        return new RestAnswer { Url = link.Url.AbsoluteUri, Direct = true, Expires = link.Expires.ToString("O") };
    }

    public static async Task<RestAnswer> LinksAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var outcome = new Outcome(request);
        List<RestFile> links = [];
        foreach (var (named, file, error) in await request.FilesAsync(cancellationToken))
        {
            if (file is null)
            {
                outcome.Fail(named, error!);
                continue;
            }

            links.Add(request.Told(file));
            outcome.Done.Add(new RestChange("/" + file.Path, null, null));
        }

        return outcome.Tell(new RestAnswer { Count = links.Count, Links = links });
    }

    public static async Task<RestAnswer> InfoAsync(RestRequest request, CancellationToken cancellationToken) =>
        new() { Items = [request.Told(await request.FileAsync(cancellationToken))], Count = 1 };
}

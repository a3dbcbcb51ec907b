using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

internal static class RemoteCalls
{
    private const int Most = 100;

    public static async Task<RestAnswer> UploadAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var addresses = request.Input.All("url", "urls").Select(Address).ToList();
        if (addresses.Count is 0 or > Most)
            throw RestPaths.Bad($"Name 1 to {Most} addresses by url.");
        var folder = await request.FolderAsync(["folder", "path"], ["folder_id", "did"], cancellationToken) ?? VolumePath.Root;
        if (request.Volume.Feature<IRemoteFetch>() is not { } fetcher)
            throw request.Session.MayChange ? new NotSupportedException() : new UnauthorizedAccessException("This token may not have anything fetched.");
        return new RestAnswer { Id = await fetcher.FetchAsync(addresses, folder, cancellationToken), Count = addresses.Count, Path = "/" + folder };
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https" or "ftp") ? address : throw RestPaths.Bad("Only http, https and ftp addresses can be fetched.");
}

using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

internal static class AccountCalls
{
    public static async Task<RestAnswer> InfoAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var space = request.Volume.Feature<IVolumeSpace>() is { } room ? await room.SpaceAsync(cancellationToken) : null;
        return new RestAnswer { User = request.Session.User, MayChange = request.Session.MayChange, ColdStorage = space?.Used, AvailableColdStorage = space?.Available };
    }
}

using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

internal static class DownloadCalls
{
    private static readonly TimeSpan LocationHeld = TimeSpan.FromMinutes(5);

    public static JsonObject GetToken(ApiCall call)
    {
        var world = call.World;
        if (call.Member.Offer == SandboxOffer.Free)
            throw Refusal.NotCustomer;
        var file = Lookup.FileNamed(call);
        Lookup.Admit(call, file);
        HoldLocation(call);
        if (world.Limits.TokenResume is { } resume)
            world.Tokens.Forget(world.Now - resume);
        var path = NewPath(world);
        world.Tokens.Add(new DownloadToken
        {
            Path = path,
            File = file,
            Member = call.Member,
            Made = world.Now,
            Address = call.Origin.Address,
            Single = call.Body.Flag("single") || call.Body.Number("restrict_ip") == 2,
            Inline = call.Body.Flag("inline") || file.Attributes is { Inline: true },
            BoundToAddress = call.Behaviours.TokensBoundToAddress || call.Body.Number("restrict_ip") == 1,
        });
        var reply = ApiCall.Ok();
        reply["url"] = call.Origin.Download(world.Ids, path, call.Body.Flag("no_ssl"));
        reply["message"] = "OK";
        return reply;
    }

    private static string NewPath(World world)
    {
        var path = world.Ids.TokenPath();
        while (world.Tokens.Has(path))
            path = world.Ids.TokenPath();
        return path;
    }

    private static void HoldLocation(ApiCall call)
    {
        var (address, when) = call.Member.LastLocation;
        var elsewhere = address.Length > 0 && address != call.Origin.Address && call.World.Now - when < LocationHeld;
        if (elsewhere && call.Behaviours.OneLocation && !call.Body.Flag("cdn"))
            throw Refusal.OneLocation;
        call.Member.LastLocation = (call.Origin.Address, call.World.Now);
    }
}

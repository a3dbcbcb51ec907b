using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox.Api;

/// <summary>What every API call passes before its endpoint: method, content type, key, offer.</summary>
internal static class ApiDoor
{
    private static readonly string[] ForUploading = ["upload/get_upload_server", "user/info"];

    public static void CheckMethod(HttpRequest request, string endpoint)
    {
        var get = HttpMethods.IsGet(request.Method) && endpoint == ApiTable.UploadServer;
        if (!get && !HttpMethods.IsPost(request.Method))
            throw Refusal.BadMethod;
    }

    public static void CheckContentType(HttpRequest request, SandboxBehaviours behaviours)
    {
        var type = request.ContentType ?? "";
        var bare = type.Split(';', 2)[0].Trim();
        if (!bare.Equals("application/json", StringComparison.OrdinalIgnoreCase) || (behaviours.RefuseCharset && bare.Length != type.Length))
            throw Refusal.NotJson;
    }

    /// <summary>The member whose key the request carries; null without a key.</summary>
    public static AccountState? Caller(World world, string? key)
    {
        if (key is null)
            return null;
        if (!SandboxAccount.IsKey(key))
            throw Refusal.NotAuthenticated;
        var account = world.FindByKey(key);
        return account is null or { Locked: true } ? throw Refusal.NoSuchUser : account;
    }

    public static void CheckOffer(AccountState? caller, string endpoint, SandboxBehaviours behaviours)
    {
        if (caller is { Offer: SandboxOffer.Free } && !behaviours.FreeMayManage && !ForUploading.Contains(endpoint))
            throw Refusal.NotCustomer;
    }

    public static string? BearerKey(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }
}

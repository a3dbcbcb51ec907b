using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>vouchers/ls, vouchers/check and vouchers/use. A member has one voucher, made of his position.</summary>
internal static class VoucherCalls
{
    private const string Service = "premium-30";

    public static JsonObject List(ApiCall call)
    {
        var reply = ApiCall.Ok();
        reply["count"] = 1;
        reply["data"] = new JsonArray(new JsonObject { ["voucher"] = Voucher(call), ["service"] = Service });
        return reply;
    }

    public static JsonObject Check(ApiCall call)
    {
        Find(call);
        var reply = ApiCall.Ok();
        reply["service"] = Service;
        return reply;
    }

    public static JsonObject Use(ApiCall call)
    {
        Find(call);
        _ = call.World.FindAccount(call.Body.Required("user_email")) ?? throw new Refusal(200, "No such user", 142);
        var reply = ApiCall.Ok();
        reply["message"] = "OK";
        return reply;
    }

    private static void Find(ApiCall call)
    {
        if (call.Body.Required("voucher") != Voucher(call))
            throw Refusal.NotFound;
    }

    private static string Voucher(ApiCall call) => $"voucher{call.World.Accounts.IndexOf(call.Member):D25}";
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>user/info, which reads and, given any field that can be set, sets.</summary>
internal static class UserCalls
{
    private static readonly string[] Settable =
    [
        "ftp_mode", "ftp_did", "ftp_report", "ru_report", "default_domain", "page_limit", "default_port",
        "default_port_files", "use_cdn", "download_menu",
    ];

    private static readonly string[] Flags =
    [
        "ftp_mode", "ftp_report", "ru_report", "default_port", "default_port_files", "use_cdn", "download_menu",
    ];

    public static JsonObject Info(ApiCall call)
    {
        var member = call.Member;
        var changes = Settable.Where(call.Body.Has).ToList();
        foreach (var field in changes)
            member.Settings[field] = call.Body.Number(field) ?? 0;
        if (changes.Count > 0)
            call.World.Record(member);
        var reply = ApiCall.Ok();
        reply["email"] = member.Email;
        reply["subscription_end"] = call.Date(call.World.Now.AddDays(365));
        reply["stats_date"] = call.Date(call.World.Now.AddHours(-1));
        reply["extended_quota_end"] = "";
        reply["offer"] = Flag(call, (int)member.Offer);
        reply["cdn"] = Credits(call, member.Account.CdnCredits);
        reply["2fa"] = Flag(call, 0);
        reply["mail_rm"] = Flag(call, 0);
        reply["upload_forbidden"] = Flag(call, member.UploadForbidden ? 1 : 0);
        foreach (var field in Flags)
            reply[field] = Flag(call, member.Settings.GetValueOrDefault(field));
        reply["ftp_did"] = member.Settings.GetValueOrDefault("ftp_did");
        reply["default_domain"] = member.Settings.GetValueOrDefault("default_domain");
        reply["page_limit"] = member.Settings.GetValueOrDefault("page_limit", 50);
        Storage(call, reply);
        return reply;
    }

    private static void Storage(ApiCall call, JsonObject reply)
    {
        var quota = call.Member.Quota;
        var used = call.Member.Used;
        var available = call.Behaviours.AvailableIsTotal ? quota : quota - used;
        reply["hot_storage"] = 0;
        reply["cold_storage"] = used;
        reply["allowed_cold_storage"] = quota;
        reply["available_storage"] = available;
        reply["available_cold_storage"] = available;
        reply["default_quota"] = quota;
        reply["default_cold_storage_quota"] = quota;
        reply["extended_quota"] = 0;
        reply["overquota"] = used > quota ? 1 : 0;
    }

    private static JsonNode Flag(ApiCall call, long value) =>
        call.Behaviours.UserFlags == ScalarForm.Text ? value.ToString(CultureInfo.InvariantCulture) : value;

    private static JsonNode Credits(ApiCall call, double value) =>
        call.Behaviours.UserFlags == ScalarForm.Text ? value.ToString(CultureInfo.InvariantCulture) : value;
}

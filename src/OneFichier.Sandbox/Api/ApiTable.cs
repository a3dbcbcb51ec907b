using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>The API's endpoints by name, without <c>.cgi</c>.</summary>
internal static class ApiTable
{
    public const string UploadServer = "upload/get_upload_server";

    private static readonly Dictionary<string, Func<ApiCall, JsonObject>> Endpoints = new(StringComparer.Ordinal)
    {
        ["download/get_token"] = DownloadCalls.GetToken,
        [UploadServer] = UploadCalls.GetUploadServer,
        ["file/ls"] = FileListing.List,
        ["file/info"] = FileInfoCall.Info,
        ["file/scan"] = FileCalls.Scan,
        ["file/rm"] = FileCalls.Remove,
        ["file/mv"] = FileMoves.Move,
        ["file/rename"] = FileMoves.Rename,
        ["file/cp"] = FileMoves.Copy,
        ["file/chattr"] = FileAttributeCalls.Change,
        ["folder/ls"] = FolderListing.List,
        ["folder/mkdir"] = FolderCalls.Make,
        ["folder/share"] = FolderSharing.Share,
        ["folder/mv"] = FolderCalls.Move,
        ["folder/rm"] = FolderCalls.Remove,
        ["user/info"] = UserCalls.Info,
        ["remote/ls"] = RemoteCalls.List,
        ["remote/info"] = RemoteCalls.Info,
        ["remote/request"] = RemoteCalls.Request,
        ["vouchers/ls"] = VoucherCalls.List,
        ["vouchers/check"] = VoucherCalls.Check,
        ["vouchers/use"] = VoucherCalls.Use,
        ["ftp/process"] = FtpCalls.Process,
        ["ftp/users/ls"] = FtpCalls.List,
        ["ftp/users/add"] = FtpCalls.Add,
        ["ftp/users/rm"] = FtpCalls.Remove,
    };

    public static bool Has(string endpoint) => Endpoints.ContainsKey(endpoint);

    public static JsonObject Run(string endpoint, ApiCall call) => Endpoints[endpoint](call);
}

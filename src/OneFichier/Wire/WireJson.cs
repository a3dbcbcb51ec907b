using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Wire;

/// <summary>Every shape that goes over the wire, compiled ahead of time; members are read in any case, order and type the service uses (1fichier-api §9).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowTrailingCommas = true,
    Converters = [typeof(LenientText), typeof(LenientNumber), typeof(LenientDecimal), typeof(LenientFlag), typeof(LenientTexts)])]
[JsonSerializable(typeof(PlainAnswer))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(UploadServerAnswer))]
[JsonSerializable(typeof(UploadReportAnswer))]
[JsonSerializable(typeof(FileListRequest))]
[JsonSerializable(typeof(FileListAnswer))]
[JsonSerializable(typeof(FileInfoRequest))]
[JsonSerializable(typeof(FileInfoAnswer))]
[JsonSerializable(typeof(UrlRequest))]
[JsonSerializable(typeof(ScanAnswer))]
[JsonSerializable(typeof(RemoveFilesRequest))]
[JsonSerializable(typeof(MoveFilesRequest))]
[JsonSerializable(typeof(RenameFilesRequest))]
[JsonSerializable(typeof(CopyFilesRequest))]
[JsonSerializable(typeof(AttributesRequest))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(RenameAnswer))]
[JsonSerializable(typeof(CopyAnswer))]
[JsonSerializable(typeof(FolderListRequest))]
[JsonSerializable(typeof(FolderListAnswer))]
[JsonSerializable(typeof(MakeFolderRequest))]
[JsonSerializable(typeof(MakeFolderAnswer))]
[JsonSerializable(typeof(ShareFolderRequest))]
[JsonSerializable(typeof(ShareFolderAnswer))]
[JsonSerializable(typeof(MoveFolderRequest))]
[JsonSerializable(typeof(MoveFolderAnswer))]
[JsonSerializable(typeof(RemoveFolderRequest))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(AccountCacheFile))]
[JsonSerializable(typeof(RemoteUploadRequest))]
[JsonSerializable(typeof(RemoteUploadAnswer))]
[JsonSerializable(typeof(RemoteUploadListAnswer))]
[JsonSerializable(typeof(RemoteUploadInfoRequest))]
[JsonSerializable(typeof(RemoteUploadInfoAnswer))]
[JsonSerializable(typeof(VoucherRequest))]
[JsonSerializable(typeof(VoucherListAnswer))]
[JsonSerializable(typeof(VoucherAnswer))]
[JsonSerializable(typeof(FtpUserRequest))]
[JsonSerializable(typeof(FtpUserListAnswer))]
[JsonSerializable(typeof(List<ShareItem>))]
internal sealed partial class WireJson : JsonSerializerContext;

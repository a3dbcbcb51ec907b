using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Wire;

/// <summary>Every shape that goes over the wire, compiled ahead of time; members are read in any case, order and type the service uses (1fichier-api §9).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowTrailingCommas = true,
    Converters = [typeof(LenientText), typeof(LenientNumber), typeof(LenientDecimal), typeof(LenientFlag)])]
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

internal sealed class LenientText : JsonConverter<string?>
{
    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Null: return null;
            case JsonTokenType.StartObject or JsonTokenType.StartArray: reader.Skip(); return null;
            default: return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

internal sealed class LenientDecimal : JsonConverter<decimal?>
{
    public override bool HandleNull => true;

    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number: return reader.TryGetDecimal(out var number) ? number : null;
            case JsonTokenType.String: return decimal.TryParse(reader.GetString(), out var parsed) ? parsed : null;
            case JsonTokenType.True: return 1;
            case JsonTokenType.False: return 0;
            default: reader.Skip(); return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

internal sealed class LenientNumber : JsonConverter<long?>
{
    private static readonly LenientDecimal Inner = new();

    public override bool HandleNull => true;

    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Inner.Read(ref reader, typeof(decimal?), options) is { } number and >= long.MinValue and <= long.MaxValue ? (long)number : null;

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) => Inner.Write(writer, value, options);
}

internal sealed class LenientFlag : JsonConverter<bool?>
{
    private static readonly LenientDecimal Inner = new();

    public override bool HandleNull => true;

    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject || reader.TokenType == JsonTokenType.StartArray
            ? SkipAsSet(ref reader)
            : Inner.Read(ref reader, typeof(decimal?), options) is { } number ? number != 0 : null;

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) => Inner.Write(writer, value is null ? null : value.Value ? 1 : 0, options);

    private static bool? SkipAsSet(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return true;
    }
}

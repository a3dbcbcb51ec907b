using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>A request's JSON, read the way a Perl program reads it: absent, null and false are one.</summary>
internal sealed class ApiBody(JsonObject json, bool acceptTextNumbers)
{
    public static ApiBody Parse(ReadOnlySpan<byte> body, bool acceptTextNumbers)
    {
        if (body.IsEmpty)
            return new ApiBody([], acceptTextNumbers);
        try
        {
            var json = JsonNode.Parse(body) as JsonObject ?? throw Refusal.BadJson;
            _ = json.Count;
            return new ApiBody(json, acceptTextNumbers);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw Refusal.BadJson;
        }
    }

    public bool Has(string field) => json[field] is not null;

    public string? Text(string field) => json[field] is JsonValue value ? AsText(value) : null;

    public string Required(string field) => Text(field) is { Length: > 0 } text ? text : throw Refusal.Missing(field);

    public long? Number(string field)
    {
        if (json[field] is not { } node)
            return null;
        return AsNumber(node) ?? throw Refusal.Bad(field);
    }

    public bool Flag(string field) => Number(field) is not (null or 0);

    public IReadOnlyList<string> Texts(string field) =>
        json[field] is JsonArray array ? [.. array.OfType<JsonValue>().Select(AsText)] : [];

    public IReadOnlyList<ApiBody> Objects(string field) =>
        json[field] is JsonArray array ? [.. array.OfType<JsonObject>().Select(o => new ApiBody(o, acceptTextNumbers))] : [];

    public ApiBody? Object(string field) =>
        json[field] is JsonObject inner ? new ApiBody(inner, acceptTextNumbers) : null;

    public JsonNode? Raw(string field) => json[field]?.DeepClone();

    public IEnumerable<string> Fields => json.Select(p => p.Key);

    private static string AsText(JsonValue value) =>
        value.TryGetValue<string>(out var text) ? text : value.ToJsonString();

    private long? AsNumber(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number when node.AsValue().TryGetValue<long>(out var number) => number,
        JsonValueKind.String when acceptTextNumbers && long.TryParse(node.GetValue<string>(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}

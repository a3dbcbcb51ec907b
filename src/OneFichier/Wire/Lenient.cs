using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Wire;

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

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, [DisallowNull] string? value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}

internal sealed class LenientDecimal : JsonConverter<decimal?>
{
    public override bool HandleNull => true;

    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number: return reader.TryGetDecimal(out var number) ? number : null;
            case JsonTokenType.String: return decimal.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
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

/// <summary>A list of texts; a single text is a list of one, an empty text a list of none.</summary>
internal sealed class LenientTexts : JsonConverter<List<string>?>
{
    private static readonly LenientText Inner = new();

    public override bool HandleNull => true;

    public override List<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Inner.Read(ref reader, typeof(string), options) is { Length: > 0 } single ? [single] : null;
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Inner.Read(ref reader, typeof(string), options) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, List<string>? value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value ?? [])
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}

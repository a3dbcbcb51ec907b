using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OneFichier.Cli.Terminal;

/// <summary>JSON on standard output: one document for a query, one line for each event of long work.</summary>
internal static class JsonOutput
{
    /// <summary>A document, indented where a person looks at it.</summary>
    public static void Document<T>(this Screen screen, T value, JsonTypeInfo<T> shape) => screen.Line(Render(value, shape, screen.OutIsTerminal));

    /// <summary>An event, on a line of its own, out at once.</summary>
    public static void Event<T>(this Screen screen, T value, JsonTypeInfo<T> shape)
    {
        screen.Line(Compact(value, shape));
        screen.Out.Flush();
    }

    public static string Compact<T>(T value, JsonTypeInfo<T> shape) => Render(value, shape, indented: false);

    private static string Render<T>(T value, JsonTypeInfo<T> shape, bool indented)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
            JsonSerializer.Serialize(writer, value, shape);

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}

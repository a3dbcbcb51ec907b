using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Logging;

/// <summary>How a log line is written.</summary>
internal static class LogFormats
{
    public static string Console(LogEntry entry) => $"{Word(entry.Level),-5} {Escaping.Visible(entry.Message)}{Cause(entry)}";

    public static string Text(LogEntry entry) => $"{entry.Time:yyyy-MM-ddTHH:mm:ss.fffzzz} {Word(entry.Level),-5} {entry.Category}: {Escaping.Visible(entry.Message)}{Cause(entry)}";

    public static string Json(LogEntry entry) =>
        JsonOutput.Compact(new LogLine("log", entry.Time, Word(entry.Level), entry.Category, entry.Message, entry.Exception?.ToString()), LogJson.Default.LogLine);

    private static string Cause(LogEntry entry) => entry.Exception is null ? "" : "\n" + entry.Exception;

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}

internal sealed record LogLine(string Type, DateTimeOffset Time, string Level, string Category, string Message, string? Exception);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogLine))]
internal sealed partial class LogJson : JsonSerializerContext;

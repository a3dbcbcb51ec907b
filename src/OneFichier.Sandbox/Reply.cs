using System.Text;
using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

/// <summary>An answer before it is sent, so that faults can be done to it.</summary>
internal sealed class Reply
{
    public int Status { get; init; } = 200;

    public string ContentType { get; init; } = "text/html; charset=utf-8";

    public byte[] Bytes { get; init; } = [];

    /// <summary>What is sent instead of <see cref="Bytes"/>: <see cref="Length"/> bytes from <see cref="Offset"/>.</summary>
    public Content? Content { get; init; }

    public long Offset { get; init; }

    public long Length { get; init; }

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The message of a KO, for the log.</summary>
    public string? Message { get; init; }

    /// <summary>Runs when the reply was sent or has failed.</summary>
    public Action? Done { get; init; }

    public static Reply Html(string body, int status = 200) =>
        new() { Status = status, Bytes = Encoding.UTF8.GetBytes(body) };

    public static Reply Text(string body, string type = "text/plain; charset=utf-8") =>
        new() { ContentType = type, Bytes = Encoding.UTF8.GetBytes(body) };
}

using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox;

/// <summary>From where a request came and under which name, which decides the names given back.</summary>
internal sealed record RequestOrigin(string Address, string Scheme, string Host, bool AsService)
{
    public static RequestOrigin Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        context.Request.Scheme,
        context.Request.Host.Value ?? "",
        Links.IsServiceHost(context.Request.Host.Host));

    /// <summary>A node's bare host.</summary>
    public string Node(IdSource ids) =>
        AsService ? $"{(ids.Next(2) == 0 ? "up" : "ru-")}{2 + ids.Next(7)}.1fichier.com" : Host;

    /// <summary>A direct download address.</summary>
    public string Download(IdSource ids, string path, bool noSsl) =>
        AsService ? $"{(noSsl ? "http" : "https")}://{(char)('a' + ids.Next(6))}-{1 + ids.Next(9)}.1fichier.com/{path}" : $"{Scheme}://{Host}/{path}";
}

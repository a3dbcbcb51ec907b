namespace OneFichier.Sandbox;

/// <summary>A request as the sandbox saw it.</summary>
public sealed record LoggedRequest
{
    /// <summary>The number of the request since start or reset, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it came, on the sandbox's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>GET, POST or HEAD.</summary>
    public required string Method { get; init; }

    /// <summary>The Host it named.</summary>
    public required string Host { get; init; }

    /// <summary>The path, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The part of the service it went to.</summary>
    public required RequestClass Class { get; init; }

    /// <summary>The endpoint: file/ls, upload.cgi, end.pl, download, page, dir, check_links.pl or remove.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The member it was made as; null for nobody or an unknown key.</summary>
    public string? Account { get; init; }

    /// <summary>The HTTP status sent; 0 when the connection was cut instead.</summary>
    public required int Status { get; init; }

    /// <summary>The message of a KO or of a node's refusal.</summary>
    public string? Message { get; init; }

    /// <summary>The beginning of an API call's body; keys in it are blotted out.</summary>
    public string? Body { get; init; }

    /// <summary>The fault that was done to it.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>The Range header of a download.</summary>
    public string? Range { get; init; }
}

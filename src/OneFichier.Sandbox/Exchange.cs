using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox;

/// <summary>One request while it is answered.</summary>
internal sealed class Exchange
{
    public required HttpContext Context { get; init; }

    public required World World { get; init; }

    public required RequestOrigin Origin { get; init; }

    public required RequestClass Class { get; init; }

    /// <summary>The endpoint's name as the request log has it: file/ls, upload.cgi, end.pl, download, dir, …</summary>
    public required string Endpoint { get; init; }

    public FaultKind? Fault { get; set; }

    /// <summary>The member the request was made as, once known.</summary>
    public string? Account { get; set; }

    /// <summary>The JSON body of an API call.</summary>
    public byte[] Body { get; set; } = [];

    public HttpRequest Request => Context.Request;

    public CancellationToken Aborted => Context.RequestAborted;
}

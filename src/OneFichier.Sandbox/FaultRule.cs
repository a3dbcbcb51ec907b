using System.Globalization;

namespace OneFichier.Sandbox;

/// <summary>One kind of trouble at one rate.</summary>
public sealed record FaultRule
{
    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The share of requests it happens to, 0 to 1.</summary>
    public required double Rate { get; init; }

    /// <summary>A request class (api, node, download, public), an endpoint (file/ls, upload.cgi), or * for wherever it makes sense.</summary>
    public string Where { get; init; } = "*";

    /// <summary>The text form <see cref="FaultPlan.Parse"/> reads.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Where == "*" ? "" : Where + ":")}{Kind.ToString().ToLowerInvariant()}={Rate:R}");
}

/// <summary>The troubles a request may meet.</summary>
public enum FaultKind
{
    /// <summary>KO "Flood detected: IP Locked", this request only. API.</summary>
    Flood,

    /// <summary>500 with an HTML page; nothing is done.</summary>
    Error,

    /// <summary>503 with an HTML page; nothing is done.</summary>
    Busy,

    /// <summary>200 with an HTML page instead of JSON; nothing is done. API.</summary>
    Html,

    /// <summary>The connection is cut before anything is done.</summary>
    Cut,

    /// <summary>The connection is cut after everything is done, before any of the reply.</summary>
    CutAfter,

    /// <summary>The reply announces its whole length and breaks off half way.</summary>
    Half,

    /// <summary>The reply trickles: a pause of 50 ms before each sixteenth of it.</summary>
    Slow,

    /// <summary>One byte of the download is wrong.</summary>
    Corrupt,

    /// <summary>The download is a byte longer than it should be.</summary>
    Long,

    /// <summary>The download is a byte shorter than it should be, and says so in Content-Length.</summary>
    Short,

    /// <summary>upload.cgi takes the body and answers with a French refusal page; nothing is stored.</summary>
    Refuse,

    /// <summary>end.pl answers with its wait page.</summary>
    Wait,

    /// <summary>end.pl answers without links.</summary>
    NoLinks,

    /// <summary>end.pl gives every link twice.</summary>
    Twice,

    /// <summary>Listings show the effect of this upload, rm or mv five seconds late.</summary>
    Lag,
}

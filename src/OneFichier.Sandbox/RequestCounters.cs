namespace OneFichier.Sandbox;

/// <summary>How much was asked of the sandbox since start or reset. Control requests are not counted.</summary>
public sealed record RequestCounters
{
    /// <summary>Requests to the API host.</summary>
    public required long Api { get; init; }

    /// <summary>Requests to upload nodes.</summary>
    public required long Node { get; init; }

    /// <summary>Requests for downloads.</summary>
    public required long Download { get; init; }

    /// <summary>Requests for public pages.</summary>
    public required long Public { get; init; }

    /// <summary>Requests by endpoint.</summary>
    public required IReadOnlyDictionary<string, long> Endpoints { get; init; }

    /// <summary>Replies that said "Flood detected".</summary>
    public required long Floods { get; init; }

    /// <summary>KO replies and node refusals, floods among them.</summary>
    public required long Refusals { get; init; }

    /// <summary>Uploaded files whose folder already had a file of that name and content.</summary>
    public required long SentTwice { get; init; }
}

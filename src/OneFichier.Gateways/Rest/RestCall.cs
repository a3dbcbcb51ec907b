namespace OneFichier.Gateways.Rest;

/// <summary>A call of the API, as it is answered and as it is described.</summary>
/// <param name="Path">Its path, without a slash in front.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Run">Does it.</param>
internal sealed record RestCall(string Path, string Summary, Func<RestRequest, CancellationToken, Task<RestAnswer>> Run)
{
    /// <summary>Other names, as the service has them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether it changes something, and so must be sent by POST.</summary>
    public bool Changes { get; init; }

    /// <summary>Whether the body may be a file, or have files in it.</summary>
    public bool TakesFiles { get; init; }

    /// <summary>What it may be told.</summary>
    public IReadOnlyList<RestParameter> Parameters { get; init; } = [];
}

/// <summary>A parameter of a call; in the query, a form or JSON alike.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it means.</param>
internal sealed record RestParameter(string Name, string Meaning)
{
    /// <summary>Whether it may be given several times, or as a list.</summary>
    public bool Many { get; init; }
}

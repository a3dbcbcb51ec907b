namespace OneFichier.Governor;

/// <summary>One limit of the service, as data: so many calls in any stretch of time this long.</summary>
/// <param name="Name">Short and stable: scripts read it in <c>fichier quota --json</c>.</param>
/// <param name="Limit">How many calls any <paramref name="Window"/> may hold.</param>
/// <param name="Window">How long a call occupies its place.</param>
public sealed record BudgetRule(string Name, int Limit, TimeSpan Window)
{
    /// <summary>The rule in words that follow "the service allows", as <c>one listing of a folder per 30 s</c>.</summary>
    public string Meaning { get; init; } = Name;

    /// <summary>The endpoints that spend this rule, as <c>file/ls</c>; none means all.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>The only folder the rule is about; <see langword="null"/> for any.</summary>
    public FolderId? Folder { get; init; }

    /// <summary>Whether every folder has a budget of its own. A call without a folder spends that of the root.</summary>
    public bool PerFolder { get; init; }

    /// <summary>
    /// Whether the window begins when the answer arrives. The service may count a call at any moment between its start and its answer, so only this is strict;
    /// otherwise the window begins with the call, which spaces calls out evenly.
    /// </summary>
    public bool FromResponse { get; init; } = true;

    /// <summary>Whether the window grows for a while after the service has complained.</summary>
    public bool Stretches { get; init; }

    /// <summary>Whether every call spends this rule, and out of the same purse.</summary>
    public bool CoversEverything => Endpoints.Count == 0 && Folder is null && !PerFolder;

    /// <summary>Whether such a call spends this rule.</summary>
    public bool Covers(string endpoint, FolderId? folder) =>
        (Endpoints.Count == 0 || Endpoints.Contains(endpoint, StringComparer.Ordinal)) && (Folder is null || Folder == folder);
}

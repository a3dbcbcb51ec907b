namespace OneFichier;

/// <summary>What a request to the API host is about: enough to know which limits it spends.</summary>
/// <param name="Endpoint">Group and verb without ending, as <c>file/ls</c>.</param>
/// <param name="Folder">The folder a listing is for; <see langword="null"/> for every other call.</param>
/// <param name="Priority">Who goes first when the budget is short.</param>
public sealed record ApiCall(string Endpoint, FolderId? Folder = null, CallPriority Priority = CallPriority.Interactive)
{
    /// <summary>Under this key a request carries its <see cref="ApiCall"/> through the handlers; a request without one is not governed.</summary>
    public static readonly HttpRequestOptionsKey<ApiCall> OptionsKey = new("OneFichier.ApiCall");
}

/// <summary>Who goes first when the request budget is short.</summary>
public enum CallPriority
{
    /// <summary>Somebody is waiting for the answer.</summary>
    Interactive,

    /// <summary>Work in bulk, or unattended; it steps back while an interactive call waits, in any process.</summary>
    Background,

    /// <summary>
    /// Work nobody would miss today. It steps back while any other call waits, in any process; and as long as others ask now and then, it takes no more than a quarter of
    /// the budget.
    /// </summary>
    Spare,
}

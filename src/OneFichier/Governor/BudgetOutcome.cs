namespace OneFichier.Governor;

/// <summary>What became of a request that had a permit.</summary>
public sealed record BudgetOutcome
{
    private BudgetOutcome() { }

    /// <summary>The service answered, well or badly, and did not complain about the number of requests; or nobody will know any more.</summary>
    public static BudgetOutcome Done { get; } = new();

    /// <summary>The request never left: the permit is given back as if it had not been asked for.</summary>
    public static BudgetOutcome NotSent { get; } = new() { WasSent = false };

    /// <summary>Whether the request left.</summary>
    public bool WasSent { get; private init; } = true;

    /// <summary>The complaint of the service, if it complained.</summary>
    public FloodNotice? Flood { get; private init; }

    /// <summary>The service refused the request because there were too many.</summary>
    public static BudgetOutcome Refused(FloodNotice flood) => new() { Flood = flood };
}

/// <summary>A complaint of the service about too many requests.</summary>
/// <param name="Text">What it said, word for word.</param>
/// <param name="Pause">How long to stay away the first time; repeated complaints make it longer.</param>
public sealed record FloodNotice(string Text, TimeSpan Pause)
{
    /// <summary>The endpoints that must pause; none means all.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Whether the refused call may be sent again after the pause. Not so where the owner of the account must act first.</summary>
    public bool MayResend { get; init; } = true;
}

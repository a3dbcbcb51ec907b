using OneFichier.Governor;

namespace OneFichier.Tests.Governor;

/// <summary>A book and a moment that a test moves by hand.</summary>
internal sealed class BookPlay(IReadOnlyList<BudgetRule>? rules = null)
{
    private static readonly TimeSpan s_start = TimeSpan.FromHours(10);
    private static readonly DateTimeOffset s_wall = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly BudgetOwner Me = new("here", 1, 1, "one", 1);
    public static readonly BudgetOwner Other = new("here", 2, 2, "two", 1);

    public BudgetBook Book { get; } = new(rules ?? BudgetRules.Documented);

    public double Seconds { get; set; }

    public BudgetInstant Now => At(Seconds);

    public static ApiCall Listing(long folder, CallPriority priority = CallPriority.Interactive) => new("file/ls", new FolderId(folder), priority);

    public static ApiCall Call(CallPriority priority = CallPriority.Interactive) => new("file/rm", null, priority);

    public static FloodNotice Flood(double pause = 30) => new("Flood detected: IP Locked #374", TimeSpan.FromSeconds(pause));

    public static BudgetInstant At(double seconds) => new(s_start + TimeSpan.FromSeconds(seconds), s_wall.AddSeconds(seconds));

    public BudgetPermit Grant(ApiCall call, BudgetOwner? owner = null)
    {
        var decision = Book.TryAcquire(call, owner ?? Me, Now);
        Assert.True(decision.IsGranted, decision.Refusal?.Why);
        return decision.Permit;
    }

    public BudgetRefusal Refuse(ApiCall call, BudgetOwner? owner = null)
    {
        var decision = Book.TryAcquire(call, owner ?? Me, Now);
        Assert.False(decision.IsGranted);
        return decision.Refusal;
    }

    /// <summary>A call granted and answered at once.</summary>
    public void Spend(ApiCall call, BudgetOwner? owner = null) => Answer(Grant(call, owner));

    public void Answer(BudgetPermit permit, FloodNotice? flood = null) =>
        Book.Complete(permit, flood is null ? BudgetOutcome.Done : BudgetOutcome.Refused(flood), Now);

    /// <summary>Until when a refusal holds, in seconds of the play.</summary>
    public static double SecondsOf(BudgetRefusal refusal) => Math.Round((refusal.NotBefore - s_start).TotalSeconds, 6);
}

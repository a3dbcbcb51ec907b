namespace OneFichier.Sandbox.Faults;

/// <summary>Decides a request's fate: first what was queued for it, then the plan's draw.</summary>
internal sealed class FaultDice
{
    private static readonly string[] Lagging = ["upload.cgi", "file/rm", "file/mv"];

    private readonly List<QueuedFault> queue = [];
    private FaultPlan plan = FaultPlan.None;
    private ulong[] seen = [];

    public void Enqueue(QueuedFault fault) => queue.Add(fault);

    public void Reset()
    {
        queue.Clear();
        plan = FaultPlan.None;
        seen = [];
    }

    public FaultKind? Draw(FaultPlan current, RequestClass group, string endpoint)
    {
        if (queue.Find(q => Matches(q.Where, q.Kind, group, endpoint)) is { } queued)
        {
            if (--queued.Left <= 0)
                queue.Remove(queued);
            return queued.Kind;
        }

        if (current != plan)
        {
            plan = current;
            seen = new ulong[plan.Rules.Count];
        }

        FaultKind? drawn = null;
        for (var i = 0; i < seen.Length; i++)
        {
            var rule = plan.Rules[i];
            if (Matches(rule.Where, rule.Kind, group, endpoint) && Chance(i, seen[i]++) < rule.Rate)
                drawn ??= rule.Kind;
        }

        return drawn;
    }

    private double Chance(int rule, ulong count) =>
        (SplitMix.Word(plan.Seed + ((ulong)rule << 32), count) >> 11) * (1.0 / (1UL << 53));

    private static bool Matches(string where, FaultKind kind, RequestClass group, string endpoint) =>
        (where == "*" || where.Equals(endpoint, StringComparison.OrdinalIgnoreCase) || where.Equals(group.ToString(), StringComparison.OrdinalIgnoreCase))
        && Applies(kind, group, endpoint);

    private static bool Applies(FaultKind kind, RequestClass group, string endpoint) => kind switch
    {
        FaultKind.Flood or FaultKind.Html => group == RequestClass.Api,
        FaultKind.Corrupt or FaultKind.Long or FaultKind.Short => group == RequestClass.Download,
        FaultKind.Refuse => endpoint == "upload.cgi",
        FaultKind.Wait or FaultKind.NoLinks or FaultKind.Twice => endpoint == "end.pl",
        FaultKind.Lag => Lagging.Contains(endpoint),
        _ => true,
    };
}

/// <summary>A fault for the next so many requests it matches.</summary>
internal sealed class QueuedFault(FaultKind kind, string where, int left)
{
    public FaultKind Kind => kind;

    public string Where => where;

    public int Left { get; set; } = left;
}

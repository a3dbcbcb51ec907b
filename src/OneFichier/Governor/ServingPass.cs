namespace OneFichier.Governor;

/// <summary>One look at the book on behalf of all the calls that wait in this process.</summary>
/// <remarks>
/// What keeps back everybody is asked once; what keeps back one kind of call is remembered until it ends. So a pass over thousands of waiting calls asks the
/// book about those few that are new or whose time has come.
/// </remarks>
internal sealed class ServingPass(BudgetOwner owner, IReadOnlyList<QueuedCall> queue, IReadOnlyDictionary<ApiCall, BudgetRefusal?> known, TimeProvider time)
{
    private const int MostWrittenDown = 12;

    private readonly Dictionary<ApiCall, (QueuedCall First, BudgetRefusal Refusal, int Count)> _waiting = [];
    private BudgetRefusal? _everybody;
    private readonly BudgetRefusal?[] _courtesy = new BudgetRefusal?[3];
    private int _ready;
    private CallPriority _served;

    /// <summary>The calls that may go.</summary>
    public List<(QueuedCall Queued, BudgetPermit Permit)> Granted { get; } = [];

    /// <summary>The calls that cannot go within the time they may wait.</summary>
    public List<(QueuedCall Queued, BudgetRefusal Refusal)> TooLong { get; } = [];

    /// <summary>What is known of each kind of call that still waits: its own obstacle, or none.</summary>
    public Dictionary<ApiCall, BudgetRefusal?> Known { get; } = [];

    /// <summary>The first of each kind that still waits, and what for.</summary>
    public IEnumerable<(QueuedCall First, BudgetRefusal Refusal)> Heads => _waiting.Values.Select(w => (w.First, w.Refusal));

    /// <summary>In how long something may have changed.</summary>
    public TimeSpan Next { get; private set; }

    /// <summary>How far apart calls are at least.</summary>
    public TimeSpan Interval { get; private set; }

    public TimeSpan Now { get; private set; }

    public ServingPass Run(BudgetBook book, BudgetInstant now)
    {
        (Now, Interval, _everybody) = (now.Elapsed, book.Interval(now), book.WhyNobody(now));
        foreach (var queued in queue)
        {
            if (queued.Call.Priority > _served)
                WriteDown(book, now);
            _served = queued.Call.Priority;
            Serve(queued, book, now);
        }

        WriteDown(book, now);
        Next = _waiting.Count == 0 ? TimeSpan.Zero : _waiting.Values.Min(w => w.Refusal.NotBefore) - now.Elapsed;
        return this;
    }

    private static BudgetRefusal Later(BudgetRefusal? one, BudgetRefusal? other) =>
        BudgetRefusal.Later(one, other) ?? throw new InvalidOperationException("A call was refused for no reason.");

    private void Serve(QueuedCall queued, BudgetBook book, BudgetInstant now)
    {
        var isKnown = Known.TryGetValue(queued.Call, out var own) || known.TryGetValue(queued.Call, out own);
        own = own?.NotBefore > now.Elapsed ? own : null;
        var everybody = BudgetRefusal.Later(_everybody, _courtesy[(int)queued.Call.Priority]);
        if (own is null && (everybody is null || !isKnown))
        {
            var decision = book.TryAcquire(queued.Call, owner, now);
            if (decision.IsGranted)
            {
                Granted.Add((queued, decision.Permit));
                _everybody = book.WhyNobody(now);
                return;
            }

            own = Learn(decision.Refusal, queued.Call.Priority);
            everybody = own is null ? Later(everybody, decision.Refusal) : everybody;
        }

        Known[queued.Call] = own;
        Keep(queued, own, Later(own, everybody));
    }

    /// <summary>Remembers what a refusal says about others.</summary>
    /// <returns>The refusal, when it concerns this kind of call alone.</returns>
    private BudgetRefusal? Learn(BudgetRefusal refusal, CallPriority priority)
    {
        if (refusal.Reason == BudgetReason.Courtesy)
            _courtesy[(int)priority] = refusal;
        else if (refusal.ConcernsEverything)
            _everybody = Later(_everybody, refusal);
        else
            return refusal;
        return null;
    }

    private void Keep(QueuedCall queued, BudgetRefusal? own, BudgetRefusal refusal)
    {
        var behind = own is null ? Interval * _ready++ : TimeSpan.Zero;
        var wait = refusal.NotBefore - Now;
        wait = behind > wait ? behind : wait;
        if (wait > queued.Left(time))
        {
            _ready -= own is null ? 1 : 0;
            TooLong.Add((queued, refusal with { NotBefore = Now + wait, Until = refusal.Until + (Now + wait - refusal.NotBefore) }));
            return;
        }

        _waiting[queued.Call] = _waiting.TryGetValue(queued.Call, out var same) ? same with { Count = same.Count + 1 } : (queued, refusal, 1);
    }

    private void WriteDown(BudgetBook book, BudgetInstant now)
    {
        var soonest = _waiting.OrderBy(w => w.Key.Priority).ThenBy(w => w.Value.Refusal.NotBefore).Take(MostWrittenDown);
        book.Wait(owner, [.. soonest.Select(w => (w.Key, w.Value.Refusal, w.Value.Count))], now);
    }
}

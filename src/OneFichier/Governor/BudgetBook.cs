using System.Text.Json;

namespace OneFichier.Governor;

/// <summary>
/// The account book of a request budget: what was spent, what is locked, who waits. All decisions are made here, and nothing else is: no clock, no file, no
/// waiting. An <see cref="IBudgetLedger"/> keeps it, supplies the time, and sees to it that one user at a time has it.
/// </summary>
public sealed class BudgetBook
{
    // A program whose user clicks through folders, or that works through a list, comes back within this; the share of a spare call is one in so many.
    private static readonly TimeSpan s_othersAsk = TimeSpan.FromSeconds(10);
    private const int SpareShare = 4;

    private readonly IReadOnlyList<BudgetRule> _rules;
    private readonly BookDocument _document;
    private readonly SlotTable _slots;
    private readonly LockTable _locks;
    private readonly UserTable _users;

    /// <summary>An empty book, in which nothing was spent yet.</summary>
    /// <param name="rules">The limits; all who share a ledger must use the same.</param>
    public BudgetBook(IReadOnlyList<BudgetRule> rules) : this(rules, new BookDocument()) { }

    private BudgetBook(IReadOnlyList<BudgetRule> rules, BookDocument document)
    {
        (_rules, _document) = (rules, document);
        (_slots, _locks, _users) = (new(rules, document), new(document), new(document));
    }

    /// <summary>Whether anything happened that must be kept.</summary>
    public bool Changed { get; private set; }

    /// <summary>A book to begin with when the last one is lost: every place of every rule counts as taken just now.</summary>
    public static BudgetBook StartAgain(IReadOnlyList<BudgetRule> rules, BudgetInstant now) =>
        new(rules, new BookDocument { BlankBefore = now.Elapsed }) { Changed = true };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no book.</exception>
    public static BudgetBook Read(ReadOnlySpan<byte> json, IReadOnlyList<BudgetRule> rules) =>
        new(rules, JsonSerializer.Deserialize(json, BookJson.Default.BookDocument) ?? throw new JsonException("An empty book."));

    /// <summary>The book as JSON in UTF-8 (docs/spec/quota-ledger.md).</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(_document, BookJson.Default.BookDocument);

    /// <summary>Asks for leave to send a request. Once granted it is spent, until <see cref="Complete"/>.</summary>
    public BudgetDecision TryAcquire(ApiCall call, BudgetOwner owner, BudgetInstant now)
    {
        Prune(now);
        if (call.Priority != CallPriority.Spare)
            _document.Asked = now.Elapsed;
        if ((Refusal(call, now) ?? Courtesy(call, now) ?? Modesty(call, now)) is { } refusal)
            return new(null, refusal);
        if (call.Priority == CallPriority.Spare)
            _document.Spared = now.Elapsed;
        var user = _users.Of(owner, now.Elapsed);
        UserTable.Count(user, now.Elapsed);
        var id = _document.LastId = Math.Max(_document.LastId + 1, now.Wall.Ticks);
        _document.Spendings.Add(new(id, user.Key, call.Endpoint, call.Folder?.Value, now.Elapsed));
        Changed = true;
        return new(new(id, call, _locks.StartProbe(call.Endpoint, id)), null);
    }

    /// <summary>The reason why no call at all could go now; <see langword="null"/> when it depends on the call.</summary>
    public BudgetRefusal? WhyNobody(BudgetInstant now) =>
        BudgetRefusal.Later(_locks.Refusal(null, now), ToRefusal(_slots.CommonObstacle(now.Elapsed, Slowness(now)), now));

    /// <summary>How far apart the calls are, at least, when many wait.</summary>
    public TimeSpan Interval(BudgetInstant now) => _slots.Interval(Slowness(now));

    /// <summary>Settles a permit. A permit the book does not know (any more) is no error.</summary>
    public void Complete(BudgetPermit permit, BudgetOutcome outcome, BudgetInstant now)
    {
        var spending = _document.Spendings.Find(s => s.Id == permit.Id);
        if (spending is not null && outcome.WasSent)
            spending.End = now.Elapsed;
        else if (spending is not null)
            _document.Spendings.Remove(spending);
        _locks.Complete(permit.Id, outcome);
        if (outcome.Flood is { } flood)
            _locks.Complain(flood, spending?.Start ?? now.Elapsed, now.Elapsed);
        Changed = true;
    }

    /// <summary>Writes down which calls an owner has waiting, in place of what it said before. Interactive ones take precedence over background calls of all owners.</summary>
    /// <param name="owner">Who waits. It must say so again at least once a minute.</param>
    /// <param name="waiting">A few calls, each with the refusal it met and how many of its kind there are.</param>
    /// <param name="now">The present.</param>
    public void Wait(BudgetOwner owner, IReadOnlyCollection<(ApiCall Call, BudgetRefusal Refusal, int Count)> waiting, BudgetInstant now)
    {
        if (waiting.Count == 0 && !_document.Users.Exists(u => u.Owner == owner))
            return;
        var user = _users.Of(owner, now.Elapsed);
        var before = _document.Waiting.RemoveAll(w => w.User == user.Key);
        _document.Waiting.AddRange(waiting.Select(w => new Waiting(user.Key, w.Call.Endpoint, w.Call.Folder?.Value, w.Call.Priority, w.Refusal.NotBefore)
        {
            Count = w.Count,
            Why = w.Refusal.Why,
            Seen = now.Elapsed,
        }));
        Changed |= before > 0 || waiting.Count > 0;
    }

    /// <summary>Ends what owners left undone that are no more. A call of theirs counts as finished when it started; their waiting calls vanish.</summary>
    /// <param name="isGone">Asked about an owner that has something undone, with the time nothing was heard of it.</param>
    /// <param name="now">The present.</param>
    public void Bury(Func<BudgetOwner, TimeSpan, bool> isGone, BudgetInstant now)
    {
        var waiting = _document.Waiting.Count;
        var orphans = _users.Bury(u => isGone(u.Owner, now.Elapsed - u.Seen));
        orphans.ForEach(_locks.Release);
        Changed |= orphans.Count > 0 || waiting != _document.Waiting.Count;
    }

    /// <summary>Moves every time in the book, as when the steady clock began anew.</summary>
    public void Shift(TimeSpan by)
    {
        BookShift.Apply(_document, by);
        Changed = true;
    }

    /// <summary>The whole at one moment, for people and for scripts.</summary>
    public BudgetSnapshot Snapshot(BudgetInstant now)
    {
        Prune(now);
        return new(
            now.Wall,
            [.. _slots.Describe(now, Slowness(now), rule => _locks.LockedUntil(rule, now))],
            [.. _locks.Describe(now)],
            [.. _users.Describe(now)],
            [.. _users.DescribeWaiting(now)])
        {
            Slowness = Slowness(now),
        };
    }

    private static BudgetRefusal? ToRefusal((BudgetRule? Rule, TimeSpan FreeAt) obstacle, BudgetInstant now) => obstacle.Rule is not { } rule
        ? null
        : new(BudgetReason.Rule, obstacle.FreeAt, now.ToWall(obstacle.FreeAt), "the service allows " + rule.Meaning)
        {
            ConcernsEverything = rule.CoversEverything,
        };

    private double Slowness(BudgetInstant now) => _locks.SlownessAt(now.Elapsed);

    private BudgetRefusal? Refusal(ApiCall call, BudgetInstant now) => BudgetRefusal.Later(
        _locks.Refusal(call.Endpoint, now),
        ToRefusal(_slots.Obstacle(call.Endpoint, call.Folder, now.Elapsed, Slowness(now)), now));

    /// <summary>A spare call leaves most of the budget alone as long as others come for it, whether or not they find it taken.</summary>
    private BudgetRefusal? Modesty(ApiCall call, BudgetInstant now)
    {
        if (call.Priority != CallPriority.Spare || _document.Spared is not { } last || _document.Asked is not { } asked || now.Elapsed - asked > s_othersAsk)
            return null;
        var turn = last + (SpareShare * Interval(now));
        return turn > now.Elapsed ? new(BudgetReason.Courtesy, turn, now.ToWall(turn), "work that can wait leaves most of the budget to others") : null;
    }

    /// <summary>A background call goes only when no call of more weight that waits would go later for it.</summary>
    private BudgetRefusal? Courtesy(ApiCall call, BudgetInstant now)
    {
        if (call.Priority == CallPriority.Interactive)
            return null;
        var trial = new Spending(0, 0, call.Endpoint, call.Folder?.Value, now.Elapsed) { End = now.Elapsed };
        foreach (var waiting in _users.WaitingBefore(call.Priority, now.Elapsed))
        {
            var turn = Turn(waiting, now);
            _document.Spendings.Add(trial);
            var later = Turn(waiting, now);
            _document.Spendings.RemoveAt(_document.Spendings.Count - 1);
            if (later > turn && turn + Interval(now) is var after)
                return new(BudgetReason.Courtesy, after, now.ToWall(after), "a call that somebody waits for goes first");
        }

        return null;
    }

    private TimeSpan Turn(Waiting waiting, BudgetInstant now) =>
        _slots.Obstacle(waiting.Endpoint, waiting.Call.Folder, now.Elapsed, Slowness(now)).FreeAt;

    private void Prune(BudgetInstant now) =>
        Changed |= _slots.Prune(now.Elapsed) | _locks.Prune(now.Elapsed) | _users.Prune(now.Elapsed);
}

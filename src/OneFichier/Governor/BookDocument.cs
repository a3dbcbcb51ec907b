using System.Text.Json.Serialization;

namespace OneFichier.Governor;

/// <summary>All a <see cref="BudgetBook"/> remembers; docs/spec/quota-ledger.md describes its JSON form. Times are on the ledger's steady clock.</summary>
internal sealed class BookDocument
{
    public long LastId { get; set; }

    /// <summary>From when on the book knows; what was spent before is unknown and feared to be everything.</summary>
    public TimeSpan? BlankBefore { get; set; }

    public List<Spending> Spendings { get; set; } = [];

    public List<HeldLock> Locks { get; set; } = [];

    public Slowness? Slow { get; set; }

    /// <summary>When a call last came that was more than spare.</summary>
    public TimeSpan? Asked { get; set; }

    /// <summary>When a spare call last went.</summary>
    public TimeSpan? Spared { get; set; }

    public List<Waiting> Waiting { get; set; } = [];

    public List<User> Users { get; set; } = [];
}

/// <summary>A call that was let go. Without an end it is in flight.</summary>
internal sealed record Spending(long Id, int User, string Endpoint, long? Folder, TimeSpan Start)
{
    public TimeSpan? End { get; set; }

    [JsonIgnore]
    public FolderId? FolderId => Folder is { } number ? new FolderId(number) : null;
}

/// <summary>A complaint of the service and the pause that follows. Kept for a while after it is over, since the next one then weighs more.</summary>
internal sealed record HeldLock(string Cause, string[] Endpoints, TimeSpan Since, TimeSpan Until, int Strikes)
{
    public long? Probe { get; init; }

    public bool Over { get; init; }
}

/// <summary>How much slower than usual, and from when on that fades.</summary>
internal sealed record Slowness(double Factor, TimeSpan Since);

/// <summary>Calls of one kind that wait in one process.</summary>
internal sealed record Waiting(int User, string Endpoint, long? Folder, CallPriority Priority, TimeSpan Until)
{
    public int Count { get; init; } = 1;

    public string Why { get; init; } = "";

    public TimeSpan Seen { get; init; }

    [JsonIgnore]
    public ApiCall Call => new(Endpoint, Folder is { } number ? new FolderId(number) : null, Priority);
}

/// <summary>A user of the budget, and how many calls it made in each stretch of ten minutes.</summary>
internal sealed record User(int Key, BudgetOwner Owner)
{
    public TimeSpan Seen { get; set; }

    public List<Tally> Tallies { get; set; } = [];
}

internal sealed record Tally(TimeSpan Start, int Count);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(BookDocument))]
internal sealed partial class BookJson : JsonSerializerContext;

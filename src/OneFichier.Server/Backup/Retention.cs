using System.Globalization;
using System.Text.Json.Serialization;

namespace OneFichier.Server.Backup;

/// <summary>Which snapshots are kept: of each hour, day, week, month and year that has any the last one, for so many of them. Names and meaning are restic's.</summary>
public sealed record Retention
{
    /// <summary>The newest so many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Last { get; init; }

    /// <summary>Hours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Hourly { get; init; }

    /// <summary>Days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Daily { get; init; }

    /// <summary>Weeks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Weekly { get; init; }

    /// <summary>Months.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Monthly { get; init; }

    /// <summary>Years.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Yearly { get; init; }

    /// <summary>All of so long before the newest, as <c>1y6m</c> or <c>14d</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Within { get; init; }

    /// <summary>All that have one of these tags.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whether it keeps nothing by itself.</summary>
    public bool KeepsNothing() => !Arguments().Any();

    /// <summary>restic's arguments.</summary>
    public IEnumerable<string> Arguments()
    {
        foreach (var (name, number) in new (string, long?)[] { ("last", Last), ("hourly", Hourly), ("daily", Daily), ("weekly", Weekly), ("monthly", Monthly), ("yearly", Yearly) })
        {
            if (number is > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"--keep-{name}={number}");
        }

        if (Within is { Length: > 0 })
            yield return $"--keep-within={Within}";
        foreach (var tag in Tags ?? [])
            yield return $"--keep-tag={tag}";
    }
}

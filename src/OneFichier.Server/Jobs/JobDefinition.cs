using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Server.Jobs;

/// <summary>What a job is: when, what, and who is told. Kept as JSON (docs/spec/jobs.md).</summary>
public sealed record JobDefinition
{
    /// <summary>Its name, of <c>a-z 0-9 _ -</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments of the program, the verb first.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The cron line, for a job that has one.</summary>
    public string? Cron { get; init; }

    /// <summary>The time zone the line is meant in.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How often, for a job without a cron line.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>When it was made; what <see cref="Every"/> counts from.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The folder it was made in, which relative paths start from.</summary>
    public string? Folder { get; init; }

    /// <summary>A run that takes longer is ended.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Gets a POST with the record of each run.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>A check as of healthchecks.io: <c>/start</c> when a run begins, the address itself when it is done, <c>/fail</c> when it failed.</summary>
    public Uri? Ping { get; init; }

    /// <summary>A program that is started when a run failed.</summary>
    public string? OnFailure { get; init; }

    /// <summary>When it is due.</summary>
    /// <exception cref="FormatException">The cron line cannot be read.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public Timetable Timetable() => Cron is { } line
        ? new(CronLine.Parse(line), TimeZoneInfo.FindSystemTimeZoneById(TimeZone ?? "UTC"))
        : new(Every ?? throw new FormatException("The job has neither a cron line nor an interval."), Created);

    internal string ToJson() => JsonSerializer.Serialize(this, JobJson.Default.JobDefinition);

    internal static JobDefinition FromJson(string json) => JsonSerializer.Deserialize(json, JobJson.Default.JobDefinition) ?? throw new JsonException("An empty job.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobDefinition))]
[JsonSerializable(typeof(RunFigures))]
[JsonSerializable(typeof(RunNotice))]
internal sealed partial class JobJson : JsonSerializerContext;

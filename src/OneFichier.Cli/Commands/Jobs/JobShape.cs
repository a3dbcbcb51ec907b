using OneFichier.Cli.Terminal;
using OneFichier.Server.Jobs;

namespace OneFichier.Cli.Commands;

internal sealed record JobShape(string Name, IReadOnlyList<string> Command, string? Cron, string? TimeZone, double? EverySeconds, bool Paused, DateTimeOffset? Next, RunShape? Last)
{
    public static JobShape Of(JobState job) => new(
        job.Definition.Name, job.Definition.Command, job.Definition.Cron, job.Definition.TimeZone, job.Definition.Every?.TotalSeconds, job.Paused, InZone(job.Definition, job.Next),
        job.Last is null ? null : RunShape.Of(job.Last));

    /// <summary>A time by the clock the job goes by.</summary>
    public static string Time(JobDefinition job, DateTimeOffset? time) => InZone(job, time) is { } moment ? $"{moment:yyyy-MM-dd HH:mm zzz}" : "never";

    public static string When(JobDefinition job) => job.Cron is { } cron ? $"{cron} ({job.TimeZone})" : $"every {Units.Duration(job.Every ?? TimeSpan.Zero)}";

    public static string Line(JobDefinition job) => string.Join(' ', job.Command.Select(a => a.Contains(' ', StringComparison.Ordinal) ? $"\"{a}\"" : a));

    private static DateTimeOffset? InZone(JobDefinition job, DateTimeOffset? time) =>
        time is { } moment ? TimeZoneInfo.TryFindSystemTimeZoneById(job.TimeZone ?? TimeZoneInfo.Local.Id, out var zone) ? TimeZoneInfo.ConvertTime(moment, zone) : moment : null;
}

internal sealed record RunShape(
    string Id, string Job, string State, DateTimeOffset? Due, DateTimeOffset? Started, DateTimeOffset? Ended, int Attempt, string? Node, int? ExitCode, long? Requests, long? Sent, long? Received, long? Failed, string Log)
{
    public static RunShape Of(RunRecord run) => new(
        run.Id, run.Job, Word(run.State), run.Due, run.Started, run.Ended, run.Attempt, run.Node, run.ExitCode, run.Figures?.Requests, run.Figures?.Sent, run.Figures?.Received, run.Figures?.Failed, run.Log);

    public static string Sentence(JobDefinition job, RunRecord run)
    {
        var began = JobShape.Time(job, run.Started);
        var attempt = run.Attempt > 1 ? $", attempt {run.Attempt}" : "";
        return run.State switch
        {
            RunState.Asked => "waits to be run",
            RunState.Running => $"runs since {began}{attempt} on {run.Node}",
            RunState.Lost => $"lost: {run.Node} vanished in the middle of it",
            _ => $"{Word(run.State)} {began} in {Units.Duration((run.Ended - run.Started) ?? TimeSpan.Zero)}{attempt}, exit code {run.ExitCode?.ToString() ?? "none"}{Cost(run.Figures)}",
        };
    }

    private static string Word(RunState state) => state.ToString().ToLowerInvariant();

    private static string Cost(RunFigures? figures) => figures is null ? ""
        : $", {figures.Requests} requests, {Units.Size(figures.Sent)} sent, {Units.Size(figures.Received)} received{(figures.Failed > 0 ? $", {figures.Failed} failed" : "")}";
}

using System.Diagnostics;

namespace OneFichier.Server.Jobs;

/// <summary>The program that jobs are runs of: this one, started again.</summary>
/// <param name="File">What is started.</param>
/// <param name="Arguments">What stands before the arguments of the job.</param>
public sealed record JobProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>
    /// Names the file a run writes its <see cref="RunFigures"/> to at its end. A program that finds it set also ends, as if interrupted, when its standard input is closed:
    /// so a run never outlives whoever looks after it.
    /// </summary>
    public const string ReportVariable = "FICHIER_RUN_REPORT";

    /// <summary>What the runs find in their environment, besides what is there.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes secrets unreadable in what is kept of a run's words.</summary>
    public Func<string, string> Redact { get; init; } = text => text;

    internal ProcessStartInfo Start(JobDefinition job, string report)
    {
        var start = new ProcessStartInfo(File, [.. Arguments, .. job.Command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.Exists(job.Folder) ? job.Folder : "",
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        start.Environment.Remove("NOTIFY_SOCKET");
        start.Environment[ReportVariable] = report;
        return start;
    }
}

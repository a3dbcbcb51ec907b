namespace OneFichier.Server.Jobs;

/// <summary>A job as it stands.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Paused">Whether it rests.</param>
/// <param name="Next">When it is due next; none while it is paused.</param>
/// <param name="Last">Its newest run.</param>
public sealed record JobState(JobDefinition Definition, bool Paused, DateTimeOffset? Next, RunRecord? Last);

/// <summary>How far a run is.</summary>
public enum RunState
{
    /// <summary>It is to run as soon as somebody can.</summary>
    Asked,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It did what it should.</summary>
    Done,

    /// <summary>It ended otherwise.</summary>
    Failed,

    /// <summary>Whoever ran it vanished, and nobody took it over.</summary>
    Lost,
}

/// <summary>The record of a run.</summary>
/// <param name="Id">Names it; later ones sort behind.</param>
/// <param name="Job">The job.</param>
/// <param name="State">How far it is.</param>
public sealed record RunRecord(string Id, string Job, RunState State)
{
    /// <summary>When it was due; nothing when somebody asked for it.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When it began; again for each attempt.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Who ran it last.</summary>
    public string? Node { get; init; }

    /// <summary>How often it was begun: more than once when a node died or stopped in the middle of it.</summary>
    public int Attempt { get; init; }

    /// <summary>The exit code of the program.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What it cost.</summary>
    public RunFigures? Figures { get; init; }

    /// <summary>The end of what the program said.</summary>
    public string Log { get; init; } = "";
}

/// <summary>What a run cost, as the program reports it at its end.</summary>
/// <param name="Requests">Requests to the API.</param>
/// <param name="Sent">Bytes sent to upload nodes.</param>
/// <param name="Received">Bytes received from download hosts.</param>
/// <param name="Failed">Items that could not be done.</param>
public sealed record RunFigures(long Requests, long Sent, long Received, long Failed);

/// <summary>What came of a run.</summary>
/// <param name="ExitCode">The exit code; nothing when the program could not be started.</param>
/// <param name="Figures">What it cost; nothing when the program was killed.</param>
/// <param name="Log">The end of what it said.</param>
public sealed record RunOutcome(int? ExitCode, RunFigures? Figures, string Log)
{
    /// <summary>Whether it did what it should; that there was nothing to transfer is no failure.</summary>
    public bool IsGood => ExitCode is 0 or 9;
}

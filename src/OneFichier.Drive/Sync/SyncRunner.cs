namespace OneFichier.Drive.Sync;

/// <summary>
/// Carries out a plan. It keeps nothing between runs: every step leaves a tree of which a new plan can be made, so a run that ended early, however it did, is finished by the next one.
/// </summary>
/// <remarks>
/// <para>A file is replaced or removed only if it still is the one the plan saw; what somebody else changed meanwhile is left alone and told. A file that fails does not stop the others; a refused key, a locked
/// account, an offer without the call or a full disk stops the run.</para>
/// <para>Where removals come last (<see cref="DeleteOrder.After"/>), they are left out when anything failed or the run ended early.</para>
/// </remarks>
/// <param name="source">Where files come from.</param>
/// <param name="destination">Where they go.</param>
/// <param name="wanted">What the plan was made with.</param>
/// <param name="options">How to go about it.</param>
public sealed class SyncRunner(SyncTree source, SyncTree destination, SyncOptions wanted, RunOptions? options = null)
{
    private readonly RunOptions _options = options ?? new RunOptions();

    /// <summary>Carries out a plan. Cancelled, it breaks off what is under way and tells what was done.</summary>
    /// <exception cref="ArgumentException">The options make no sense.</exception>
    public async Task<SyncResult> RunAsync(SyncPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _options.Validate();
        using var stop = new RunStop(_options, cancellationToken);
        var tally = new RunTally(_options, stop);
        var run = new RunContext(source, destination, wanted, _options) { Stop = stop, Tally = tally, Folders = new MadeFolders(destination.Volume, stop.Token) };
        try
        {
            await new RunSteps(run, plan.Healed()).RunAsync();
        }
        catch (OperationCanceledException) when (stop.Stopped)
        {
            tally.Notice(stop.Fatal is { } fatal ? $"The run ends here: {fatal.Message}" : stop.Limit == RunLimit.None ? "The run was interrupted." : "A limit of the run is reached.");
        }

        return tally.End();
    }
}

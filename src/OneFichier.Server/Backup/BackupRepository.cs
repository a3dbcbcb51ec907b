using System.Runtime.ExceptionServices;
using System.Text;
using OneFichier.Drive;

namespace OneFichier.Server.Backup;

/// <summary>A repository of backups, as restic works on it through a gateway of ours.</summary>
/// <param name="restic">Runs restic on it.</param>
/// <param name="watch">The volume behind the gateway.</param>
/// <param name="folder">The repository's folder there.</param>
public sealed class BackupRepository(ResticRunner restic, VolumeWatch watch, VolumePath folder)
{
    /// <summary>Makes it.</summary>
    /// <exception cref="FichierException">There is one already, or it cannot be made.</exception>
    public async Task InitAsync(CancellationToken cancellationToken = default)
    {
        await watch.MakeFolderAsync(folder, cancellationToken);
        await DoneAsync(["init"], null, cancellationToken);
    }

    /// <summary>Proves that it is there and that the password opens it.</summary>
    /// <exception cref="FichierKeyException">It does not.</exception>
    public Task ProveAsync(CancellationToken cancellationToken = default) => DoneAsync(["cat", "config", "--no-lock"], null, cancellationToken);

    /// <summary>Adds a snapshot. Files that cannot be read are reported and left out.</summary>
    /// <exception cref="FichierException">No snapshot was made.</exception>
    public async Task<BackupResult> BackUpAsync(BackupPlan plan, IProgress<BackupEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        const int SomeUnreadable = 3;
        if (!plan.DryRun)
            await RemoveLeftLocksAsync(cancellationToken);
        var events = new EventCollector(progress);
        var exit = await RunAsync(ResticArguments.Backup(plan, restic.Program.Version), events.Hear, events.Hear, cancellationToken);
        return exit.Code is 0 or SomeUnreadable
            ? new BackupResult(events.Summary ?? new BackupSummary(), exit.Code == 0 ? 0 : Math.Max(1, events.Failed))
            : throw ResticFailure.Of(exit, watch.Failure);
    }

    /// <summary>Its snapshots, oldest first.</summary>
    public async Task<IReadOnlyList<Snapshot>> SnapshotsAsync(CancellationToken cancellationToken = default)
    {
        var json = new StringBuilder();
        await DoneAsync(["snapshots", "--json", "--no-lock"], line => json.Append(line), cancellationToken);
        return ResticMessages.ReadSnapshots(json.ToString());
    }

    /// <summary>Tells of every file of a snapshot.</summary>
    public Task EachFileAsync(string snapshot, Action<SnapshotFile> act, CancellationToken cancellationToken = default) =>
        DoneAsync(
            ["ls", "--json", "--no-lock", "--", snapshot],
            line =>
            {
                if (ResticMessages.ReadFile(line) is { } file)
                    act(file);
            },
            cancellationToken);

    /// <summary>Restores. Files that cannot be restored are reported, and the rest is.</summary>
    /// <exception cref="FichierException">Nothing was restored.</exception>
    public async Task<BackupResult> RestoreAsync(RestoreRequest request, IProgress<BackupEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        var events = new EventCollector(progress);
        var exit = await RunAsync(ResticArguments.Restore(request), events.Hear, events.HearOfRestore, cancellationToken);
        return exit.Code == 0 || (events.Failed > 0 && exit.Says("There were "))
            ? new BackupResult(events.Summary ?? new BackupSummary(), events.Failed)
            : throw ResticFailure.Of(exit, watch.Failure);
    }

    /// <summary>Lets go of snapshots.</summary>
    /// <returns>Those it has let go of because they were not to be kept; with <see cref="ForgetRequest.DryRun"/> those it would.</returns>
    public async Task<IReadOnlyList<Snapshot>> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default)
    {
        var gone = new List<Snapshot>();
        await RemoveLeftLocksAsync(cancellationToken);
        await DoneAsync(ResticArguments.Forget(request), line => gone.AddRange(ResticMessages.ReadForgotten(line)), cancellationToken);
        return gone;
    }

    /// <summary>Checks the structure, and as told the data (<see cref="ResticArguments.Check"/>).</summary>
    /// <exception cref="FichierIntegrityException">It is damaged.</exception>
    public async Task CheckAsync(string? data, Action<string>? say = null, CancellationToken cancellationToken = default)
    {
        await RemoveLeftLocksAsync(cancellationToken);
        var exit = await RunAsync(ResticArguments.Check(data), say, null, cancellationToken);
        if (exit.Code != 0)
            throw ResticFailure.OfCheck(exit, watch.Failure);
    }

    /// <summary>Removes locks of runs that were killed; restic leaves those of others that are at work.</summary>
    private async Task RemoveLeftLocksAsync(CancellationToken cancellationToken)
    {
        try
        {
            if ((await watch.ListAsync(folder.Combine("locks"), cancellationToken)).Entries.Count > 0)
                await DoneAsync(["unlock"], null, cancellationToken);
        }
        catch (PathNotFoundException)
        {
            // Where there was never a lock there is no folder for them.
        }
    }

    private async Task DoneAsync(IReadOnlyList<string> arguments, Action<string>? output, CancellationToken cancellationToken)
    {
        var exit = await RunAsync(arguments, output, null, cancellationToken);
        if (exit.Code != 0)
            throw ResticFailure.Of(exit, watch.Failure);
    }

    private async Task<ResticExit> RunAsync(IReadOnlyList<string> arguments, Action<string>? output, Action<string>? error, CancellationToken cancellationToken)
    {
        try
        {
            return await restic.RunAsync(arguments, output, error, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && watch.Failure is not null)
        {
            ExceptionDispatchInfo.Throw(watch.Failure);
            throw;
        }
    }

    /// <summary>Hears restic's two outputs, which speak at once.</summary>
    private sealed class EventCollector(IProgress<BackupEvent>? progress)
    {
        private const string Ignored = "ignoring error for ";
        private readonly Lock _gate = new();

        public BackupSummary? Summary { get; private set; }

        public int Failed { get; private set; }

        public void Hear(string line) => Take(ResticMessages.Read(line));

        public void HearOfRestore(string line)
        {
            if (!line.StartsWith(Ignored, StringComparison.Ordinal))
                Hear(line);
            else if (line[Ignored.Length..].Split(": ", 2) is [var path, var reason])
                Take(new BackupItemFailed(path, reason));
        }

        private void Take(BackupEvent? happened)
        {
            if (happened is null)
                return;
            lock (_gate)
            {
                Summary = happened as BackupSummary ?? Summary;
                Failed += happened is BackupItemFailed ? 1 : 0;
                progress?.Report(happened);
            }
        }
    }
}

/// <summary>What became of a backup or a restore.</summary>
/// <param name="Summary">What was done.</param>
/// <param name="Failed">How many files were left out because they could not be read or written.</param>
public sealed record BackupResult(BackupSummary Summary, int Failed);

using OneFichier.Drive;

namespace OneFichier.Testing;

/// <summary>A call of a volume that can be made to fail.</summary>
public enum VolumeCall
{
    Find,
    List,
    Open,
    Put,
    MakeFolder,
    Move,
    Remove,
}

/// <summary>When it fails.</summary>
public enum FaultMoment
{
    /// <summary>Nothing is done.</summary>
    Before,

    /// <summary>Half of it is done: of a list the first half, and of the file in the middle half its content; of a stream half its bytes; of a folder those above it.</summary>
    Halfway,

    /// <summary>All is done, but nobody hears of it.</summary>
    After,
}

/// <summary>A failure to come.</summary>
/// <param name="Call">Of what.</param>
/// <param name="Moment">When.</param>
/// <param name="Nth">Which call of that kind, counted from one.</param>
public sealed record VolumeFault(VolumeCall Call, FaultMoment Moment, int Nth = 1)
{
    /// <summary>What is thrown, or is the reason of each item that was not done.</summary>
    public Exception Exception { get; init; } = new IOException("A fault on cue.");

    /// <summary>Whether a call on a list says in its results what failed, as volumes do; otherwise it throws, as if the process had been killed.</summary>
    public bool InResults { get; init; }
}

/// <summary>A volume that fails on cue and is otherwise the one inside.</summary>
public sealed class FaultyVolume(IVolume inner, params IEnumerable<VolumeFault> faults) : VolumeDecorator(inner)
{
    private readonly Lock _gate = new();
    private readonly List<VolumeFault> _faults = [.. faults];
    private readonly Dictionary<VolumeCall, int> _calls = [];

    /// <summary>How often a call was made.</summary>
    public int CallsOf(VolumeCall call)
    {
        lock (_gate)
            return _calls.GetValueOrDefault(call);
    }

    /// <summary>Plans another failure; its calls are counted from the first of all.</summary>
    public void Add(VolumeFault fault)
    {
        lock (_gate)
            _faults.Add(fault);
    }

    /// <inheritdoc/>
    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) =>
        await OneAsync(VolumeCall.Find, async () => await Inner.FindAsync(path, cancellationToken));

    /// <inheritdoc/>
    public override Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) =>
        OneAsync(VolumeCall.List, () => Inner.ListAsync(folder, cancellationToken));

    /// <inheritdoc/>
    public override async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        var fault = Next(VolumeCall.Open);
        if (fault is { Moment: not FaultMoment.Halfway })
            throw fault.Exception;
        var stream = await Inner.OpenAsync(file, range, cancellationToken);
        return fault is null ? stream : await CutStream.HalfOfAsync(stream, fault.Exception, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        ListAsync(
            VolumeCall.Put, files, f => f.Path, some => Inner.PutAsync(some, options, cancellationToken),
            (file, fault) => Inner.PutAsync([file with { OpenAsync = async ct => await CutStream.HalfOfAsync(await file.OpenAsync(ct), fault.Exception, ct) }], options, cancellationToken));

    /// <inheritdoc/>
    public override async Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        var fault = Next(VolumeCall.MakeFolder);
        if (fault is not { Moment: FaultMoment.Before })
            await Inner.MakeFolderAsync(fault is { Moment: FaultMoment.Halfway } ? folder.Parent : folder, cancellationToken);
        if (fault is not null)
            throw fault.Exception;
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        ListAsync(VolumeCall.Move, moves, m => m.To, some => Inner.MoveAsync(some, replace, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) =>
        ListAsync(VolumeCall.Remove, paths, p => p, some => Inner.RemoveAsync(some, cancellationToken));

    private VolumeFault? Next(VolumeCall call)
    {
        lock (_gate)
        {
            var nth = _calls[call] = _calls.GetValueOrDefault(call) + 1;
            return _faults.Find(f => f.Call == call && f.Nth == nth);
        }
    }

    private async Task<T> OneAsync<T>(VolumeCall call, Func<Task<T>> work)
    {
        var fault = Next(call);
        if (fault is { Moment: not FaultMoment.After })
            throw fault.Exception;
        var result = await work();
        return fault is null ? result : throw fault.Exception;
    }

    private async Task<IReadOnlyList<ItemResult>> ListAsync<T>(
        VolumeCall call, IReadOnlyList<T> items, Func<T, VolumePath> path, Func<IReadOnlyList<T>, Task<IReadOnlyList<ItemResult>>> work,
        Func<T, VolumeFault, Task>? begin = null)
    {
        if (Next(call) is not { } fault)
            return await work(items);
        var done = fault.Moment switch { FaultMoment.Before => 0, FaultMoment.Halfway => items.Count / 2, _ => items.Count };
        var results = done == 0 ? [] : await work([.. items.Take(done)]);
        if (fault.Moment == FaultMoment.Halfway && begin is not null && done < items.Count)
            await begin(items[done], fault);
        return fault.InResults && fault.Moment != FaultMoment.After
            ? [.. results, .. items.Skip(done).Select(i => new ItemResult(path(i)) { Error = fault.Exception })]
            : throw fault.Exception;
    }
}

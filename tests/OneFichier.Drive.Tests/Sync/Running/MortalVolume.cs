namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>When a process dies: at one of its calls, before, in the middle or after; from then on nothing is done any more.</summary>
internal sealed class Death(int call, int moment)
{
    private readonly Lock _gate = new();
    private int _left = call;
    private bool _dead;

    /// <summary>Does all, half or nothing of some work.</summary>
    public async Task<T> LiveAsync<T>(Func<Task<T>> whole, Func<Task>? half = null)
    {
        bool dying;
        lock (_gate)
        {
            if (_dead)
                throw Killed();
            dying = _dead = --_left == 0;
        }

        if (!dying)
            return await whole();
        if (moment == 1 && half is not null)
            await half();
        if (moment == 2)
            await whole();
        throw Killed();
    }

    private static IOException Killed() => new("The process was killed here.");
}

/// <summary>A volume as a process sees it that will be killed.</summary>
internal sealed class MortalVolume(IVolume inner, Death death) : VolumeDecorator(inner)
{
    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) =>
        await death.LiveAsync(() => Inner.FindAsync(path, cancellationToken).AsTask());

    public override Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) =>
        death.LiveAsync(() => Inner.OpenAsync(file, range, cancellationToken));

    public override Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        ListAsync(files, some => Inner.PutAsync(some, options, cancellationToken));

    public override Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default) => death.LiveAsync(async () =>
    {
        await Inner.MakeFolderAsync(folder, cancellationToken);
        return true;
    });

    public override Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        ListAsync(moves, some => Inner.MoveAsync(some, replace, cancellationToken));

    public override Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) =>
        ListAsync(paths, some => Inner.RemoveAsync(some, cancellationToken));

    private Task<IReadOnlyList<ItemResult>> ListAsync<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Task<IReadOnlyList<ItemResult>>> work) =>
        death.LiveAsync(() => work(items), () => work([.. items.Take(items.Count / 2)]));
}

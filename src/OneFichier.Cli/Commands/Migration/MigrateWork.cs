using OneFichier.Cli.Parsing;
using OneFichier.Drive.Migration;
using OneFichier.Server.Migration;

namespace OneFichier.Cli.Commands;

/// <summary>The work of migrations, with their accounts and sources opened as this machine knows them.</summary>
internal sealed class MigrateWork(Call call, RemoteSession session, IMigrationStore store) : IMigrationWork, IDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private readonly Dictionary<string, Opened> _opened = new(StringComparer.Ordinal);
    private readonly List<MigrateSources> _openers = [];

    public required MigrationOptions Options { get; init; }

    public string Rclone { get; init; } = "rclone";

    /// <summary>Whether what is proven is proven again.</summary>
    public bool ProvesAgain { get; init; }

    /// <summary>Does all that is left, alone.</summary>
    public async Task DoAllAsync(string migration, CancellationToken cancellationToken)
    {
        var (head, target, sources, _) = await OpenAsync(migration);
        await new MigrationRunner(store, head, target, sources, Options).RunAsync(cancellationToken);
    }

    public async Task PrepareAsync(string migration, CancellationToken cancellationToken)
    {
        var (head, target, sources, _) = await OpenAsync(migration);
        await new MigrationRunner(store, head, target, sources, Options).MakeFoldersAsync(await store.SlicesAsync(migration, openOnly: true, cancellationToken), cancellationToken);
        await store.PreparedAsync(migration, cancellationToken);
    }

    public async Task DoSlicesAsync(string migration, IReadOnlyList<long> slices, CancellationToken cancellationToken)
    {
        var alone = call.Time.GetUtcNow();
        var runner = (await OpenAsync(migration)).Runner;
        foreach (var slice in slices)
        {
            for (var round = 1; ; round++)
            {
                await runner.RunAsync(slice, alone, cancellationToken);
                if (round >= Options.Rounds || await store.ReopenAsync(migration, slice, cancellationToken) == 0)
                    break;
            }
        }
    }

    public async Task ProveAsync(string migration, CancellationToken cancellationToken)
    {
        var (head, target, _, _) = await OpenAsync(migration);
        await new MigrationProver(store, head, target, Options).ProveAsync(ProvesAgain, cancellationToken);
    }

    public void Dispose()
    {
        _openers.ForEach(o => o.Dispose());
        _opening.Dispose();
    }

    private async Task<Opened> OpenAsync(string migration)
    {
        await _opening.WaitAsync();
        try
        {
            var head = await MigrateStore.FindAsync(store, migration, CancellationToken.None);
            if (_opened.TryGetValue(migration, out var known) && known.Head.Created == head.Created)
                return known;

            var target = MigrateTarget.Parse(call, head.Target);
            var opener = new MigrateSources(call, session, target.Account) { Rclone = Rclone };
            _openers.Add(opener);
            var into = await target.OpenAsync(session, CancellationToken.None);
            IReadOnlyList<IMigrationSource> sources = [.. head.Sources.Select(s => opener.Again(s, _opening))];
            return _opened[migration] = new Opened(head, into, sources, new SliceRunner(store, head, into, sources, Options));
        }
        finally
        {
            _opening.Release();
        }
    }

    private sealed record Opened(MigrationHead Head, MigrationTarget Target, IReadOnlyList<IMigrationSource> Sources, SliceRunner Runner);
}

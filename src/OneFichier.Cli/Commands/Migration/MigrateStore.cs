using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Migration;
using OneFichier.Server.Migration;

namespace OneFichier.Cli.Commands;

/// <summary>Where the migrations of an account are kept, and who may work on one.</summary>
internal static class MigrateStore
{
    /// <summary>The flags that say where.</summary>
    public static void AddFlags(Verb verb) => ClusterFlags.AddTo(verb);

    public static async Task<IMigrationStore> OpenAsync(Call call, RemoteSession session, string account, CancellationToken cancellationToken)
    {
        return ClusterFlags.Of(call) is { } address
            ? await PostgresMigrations.OpenAsync(address, call.Time, ClusterFlags.Patience(call), cancellationToken)
            : SqliteMigrations.Open(Path.Combine(await FolderAsync(session, account, cancellationToken), "migrations.db"));
    }

    /// <summary>A migration by name; without one, the only one that is not done.</summary>
    /// <exception cref="CliException">There is none of that name, or not exactly one to choose.</exception>
    public static async Task<MigrationHead> FindAsync(IMigrationStore store, string? name, CancellationToken cancellationToken)
    {
        var heads = (await store.ListAsync(cancellationToken)).Where(h => h.Ready).ToList();
        if (name is not null)
        {
            return heads.Find(h => h.Name == name)
                ?? throw new CliException(ExitCodes.Failed, $"There is no migration '{Escaping.Visible(name)}' of this account.", "See: fichier migrate ls; one of another account is found with --account NAME");
        }

        var open = new List<MigrationHead>();
        foreach (var head in heads)
        {
            if ((await store.CountAsync(head.Name, cancellationToken)).Any(c => c.State is not (MigrationState.Proven or MigrationState.Cannot)))
                open.Add(head);
        }

        return (open, heads) switch
        {
            ([var only], _) => only,
            ([], [var last]) => last,
            ([], []) => throw new CliException(ExitCodes.Failed, "There is no migration.", "Plan one: fichier migrate plan SOURCE… DST"),
            _ => throw CliException.Usage($"Which migration? There are {string.Join(", ", (open.Count > 0 ? open : heads).Select(h => Escaping.Visible(h.Name)))}.", "Name it."),
        };
    }

    /// <summary>The turn on a migration: one run at a time on this machine. It goes with the process.</summary>
    /// <exception cref="CliException">Another run has it.</exception>
    public static async Task<IDisposable> TurnAsync(Call call, RemoteSession session, string name, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(await FolderAsync(session, call.Globals.Account, cancellationToken), "migrations");
        PrivateFile.MakeFolder(folder);
        try
        {
            return PrivateFile.Open(Path.Combine(folder, name + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException)
        {
            throw new CliException(ExitCodes.Temporary, $"Another run of the migration '{Escaping.Visible(name)}' is under way on this machine.", "Look at it: fichier migrate status");
        }
    }

    public static async Task<string> FolderAsync(RemoteSession session, string account, CancellationToken cancellationToken) =>
        (await session.TreeAsync(account, cancellationToken)).Client.Options.StateFolder!;
}

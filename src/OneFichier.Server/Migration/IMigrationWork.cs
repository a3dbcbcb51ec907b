namespace OneFichier.Server.Migration;

/// <summary>What a node can do of a migration. Everything may be called twice for the same, here or elsewhere, one after the other.</summary>
public interface IMigrationWork
{
    /// <summary>Makes the folders, before several nodes would make them at once.</summary>
    Task PrepareAsync(string migration, CancellationToken cancellationToken);

    /// <summary>Does what is left of some slices of one folder, of which nobody else does one meanwhile.</summary>
    Task DoSlicesAsync(string migration, IReadOnlyList<long> slices, CancellationToken cancellationToken);

    /// <summary>Proves what is stored.</summary>
    Task ProveAsync(string migration, CancellationToken cancellationToken);
}

namespace OneFichier.Server.Keys;

/// <summary>A place that keeps secrets by name, out of sight of other users: the key of an account under the account's name, others under a kind and a name, as <c>crypt.photos</c>.</summary>
/// <remarks>
/// Every change is atomic: whoever reads sees the secret of before or the one of after, whatever happens to the writer.
/// A secret MUST NOT leave the implementation in a file name, a log, an exception or the arguments of a program.
/// </remarks>
public interface ISecretStore
{
    /// <summary>How the configuration names the store; never changes.</summary>
    string Name { get; }

    /// <summary>Whether the store works here and now.</summary>
    ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken);

    /// <summary>The secret of that name, or <see langword="null"/> where there is none.</summary>
    /// <exception cref="FichierKeyException">There is one, but it cannot be read, or others could read it.</exception>
    Task<string?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps a secret; one of before is replaced.</summary>
    Task SaveAsync(string name, string secret, CancellationToken cancellationToken);

    /// <summary>Forgets a secret.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>Where a secret is, and who can read it, in words for a person.</summary>
    string Describe(string name);
}

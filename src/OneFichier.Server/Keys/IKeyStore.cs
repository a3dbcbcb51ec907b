namespace OneFichier.Server.Keys;

/// <summary>A place that keeps one key for each account name, out of sight of other users.</summary>
/// <remarks>
/// Every change is atomic: whoever reads sees the key of before or the key of after, whatever happens to the writer.
/// The key MUST NOT leave the implementation in a file name, a log, an exception or the arguments of a program.
/// </remarks>
public interface IKeyStore
{
    /// <summary>How the configuration names the store; never changes.</summary>
    string Name { get; }

    /// <summary>Whether the store works here and now.</summary>
    ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken);

    /// <summary>The key of an account, or <see langword="null"/> where there is none.</summary>
    /// <exception cref="FichierKeyException">There is one, but it cannot be read, or others could read it.</exception>
    Task<ApiKey?> FindAsync(string account, CancellationToken cancellationToken);

    /// <summary>Keeps a key; one of before is replaced.</summary>
    Task SaveAsync(string account, ApiKey key, CancellationToken cancellationToken);

    /// <summary>Forgets a key.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string account, CancellationToken cancellationToken);

    /// <summary>Where the key of an account is, and who can read it, in words for a person.</summary>
    string Describe(string account);
}

namespace OneFichier;

/// <summary>Where a client takes its key from, so that it goes on with a new one when the old was swapped. Called by any number of threads.</summary>
public interface IKeySource
{
    /// <summary>The key to use now, or <see langword="null"/> where there is none but <see cref="FichierOptions.Key"/>.</summary>
    /// <param name="refused">
    /// The key the service has just refused: the place where keys are kept MUST be looked at anew. <see langword="null"/> before a request: MUST be quick where nothing has changed.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask<ApiKey?> GetAsync(ApiKey? refused, CancellationToken cancellationToken = default);
}

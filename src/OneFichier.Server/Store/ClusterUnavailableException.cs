namespace OneFichier.Server.Store;

/// <summary>The database of the cluster does not answer. Nothing was asked of the service meanwhile, and to ask again at once is useless.</summary>
public sealed class ClusterUnavailableException(string message, Exception? innerException = null) : FichierException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}

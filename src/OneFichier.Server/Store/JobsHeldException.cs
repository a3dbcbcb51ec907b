namespace OneFichier.Server.Store;

/// <summary>Another process of this machine runs its jobs; two would take each other for dead.</summary>
public sealed class JobsHeldException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public JobsHeldException(Exception? innerException = null) : base("Another process runs the jobs of this machine already.", innerException) =>
        Remedy = "One is enough: it also takes what is added while it runs. Look for fichier worker or fichier serve all.";
}

namespace OneFichier;

/// <summary>Bytes arrived whose size or Whirlpool checksum is not what the service states.</summary>
public sealed class FichierIntegrityException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierIntegrityException(string message, Exception? innerException = null) : base(message, innerException) { }
}

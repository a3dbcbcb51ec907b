namespace OneFichier;

/// <summary>The answer is not what the service sends: a web page where JSON is due, half a body, missing members. Often a proxy or a captive portal.</summary>
public sealed class FichierProtocolException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierProtocolException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}

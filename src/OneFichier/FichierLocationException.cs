namespace OneFichier;

/// <summary>Refused because of where the request comes from: a data centre or VPN address, or a second address at the same time.</summary>
public sealed class FichierLocationException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierLocationException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>Whether another address of the same account is in the way, which passes; a data centre address does not.</summary>
    public bool SecondAddress { get; init; }

    /// <inheritdoc/>
    public override bool ConcernsAll => true;

    /// <inheritdoc/>
    public override bool IsTransient => SecondAddress;
}

namespace OneFichier;

/// <summary>The root of everything this library throws about the service. There is a subclass for each thing a caller would do differently.</summary>
public class FichierException : Exception
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>What the service said, word for word, when it said something.</summary>
    public string? ServiceText { get; init; }

    /// <summary>What is known of that message: cause and remedy.</summary>
    public ServiceMessage? Known { get; init; }

    /// <summary>Whether the same call may succeed later without anything being changed.</summary>
    public virtual bool IsTransient => false;

    /// <summary>Whether other calls of the account would fail in the same way now: what is wrong is its key, its offer, its address, a lock or a flood, and not the one thing that was asked for.</summary>
    public virtual bool ConcernsAll => false;

    /// <summary>When to try again, where that is known.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>What the user can do, in one sentence; empty when there is nothing to add to the message.</summary>
    public string Remedy { get => field ?? Known?.Remedy ?? ""; init; }
}

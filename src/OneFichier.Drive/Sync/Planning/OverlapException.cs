namespace OneFichier.Drive.Sync;

/// <summary>Two trees of a sync lie in each other, so that it would read what it writes. Nothing was done.</summary>
public sealed class OverlapException : Exception
{
    /// <summary>Makes one with a sentence.</summary>
    public OverlapException(string message) : base(message)
    {
    }
}

namespace OneFichier.Drive.Sync;

/// <summary>A filter flag cannot be used. The message names the flag and the offending rule.</summary>
public sealed class FilterFlagException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="flag">The flag, as <c>--include</c>.</param>
    /// <param name="text">What was given with it, or the line of the file it named.</param>
    /// <param name="reason">A sentence.</param>
    /// <param name="inner">What was thrown.</param>
    public FilterFlagException(string flag, string text, string reason, Exception? inner = null) : base($"{flag} '{text}': {reason}", inner) => (Flag, Text) = (flag, text);

    /// <summary>The flag.</summary>
    public string Flag { get; }

    /// <summary>What was given with it.</summary>
    public string Text { get; }
}

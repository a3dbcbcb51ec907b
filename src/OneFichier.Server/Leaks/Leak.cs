namespace OneFichier.Server.Leaks;

/// <summary>How sure it is that something is a key of the service.</summary>
public enum LeakConfidence
{
    /// <summary>It looks like one, in a place that is about the service.</summary>
    Medium,

    /// <summary>It looks like one, and its name or its line says that it is one.</summary>
    High,

    /// <summary>It is a key that this machine uses.</summary>
    Certain,
}

/// <summary>A key that lies open. The key itself is not in it.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1.</param>
/// <param name="Key">The key, masked.</param>
/// <param name="Fingerprint">As <see cref="ApiKey.Fingerprint"/>: the same key in two places has the same.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Why">Why it is taken for a key, in words for a person.</param>
public sealed record Leak(int Line, int Column, string Key, string Fingerprint, LeakConfidence Confidence, string Why);

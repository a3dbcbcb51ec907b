namespace OneFichier.Server.Keys;

/// <summary>A key, where it came from, and what a person should know about it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Origin">In words: a variable, a file, a store.</param>
/// <param name="Advice">Sentences for the user: what was trimmed, what looks odd, what is unsafe.</param>
public sealed record FoundKey(ApiKey Key, string Origin, IReadOnlyList<string> Advice)
{
    /// <summary>Reads a key as it was pasted or stored by a person.</summary>
    /// <exception cref="FichierKeyException">The text cannot be a key.</exception>
    public static FoundKey Read(string text, string origin, params IEnumerable<string> advice)
    {
        if (!ApiKey.TryParse(text, out var key, out var problem))
        {
            throw new FichierKeyException($"The key from {origin} cannot be used: {problem}")
            {
                Remedy = $"Copy the key from {ApiKey.PageUrl}; it is 32 characters of A-Z a-z 0-9 _ = -",
            };
        }

        return new FoundKey(key, origin, [.. advice, .. Remarks(text, key, origin)]);
    }

    private static IEnumerable<string> Remarks(string text, ApiKey key, string origin)
    {
        if (ApiKey.NeedsTrimming(text.TrimEnd('\r', '\n')))
            yield return $"Blanks or quotes around the key from {origin} were dropped.";

        if (!key.HasUsualShape)
            yield return $"The key from {origin} does not look like one (32 characters of A-Z a-z 0-9 _ = -); trying it all the same.";
    }
}

/// <summary>The key as the environment gives it: <c>FICHIER_API_KEY</c>, then <c>FICHIER_API_KEY_FILE</c>, then rclone's <c>RCLONE_FICHIER_API_KEY</c>.</summary>
public static class KeyFromEnvironment
{
    /// <summary>Finds the key; a variable that is set and empty counts as not set.</summary>
    /// <param name="variable">Gives the value of a variable.</param>
    /// <exception cref="FichierKeyException">A variable is set, and what it gives cannot be a key or cannot be read.</exception>
    public static FoundKey? Find(Func<string, string?> variable)
    {
        if (variable("FICHIER_API_KEY") is { Length: > 0 } value)
            return FoundKey.Read(value, "FICHIER_API_KEY");

        if (variable("FICHIER_API_KEY_FILE") is { Length: > 0 } path)
            return ReadFile(path);

        return variable("RCLONE_FICHIER_API_KEY") is { Length: > 0 } other ? FoundKey.Read(other, "RCLONE_FICHIER_API_KEY") : null;
    }

    /// <summary>Reads a key from a file of the user; that others may read it is said, not refused, since secrets are mounted so in containers.</summary>
    /// <exception cref="FichierKeyException">The file cannot be read, or holds no key.</exception>
    public static FoundKey ReadFile(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            string[] advice = SecretFile.IsOpenToOthers(path) ? [$"Other users of this machine may read '{path}'. Run: chmod 600 '{path}'"] : [];
            return FoundKey.Read(text, $"the file '{path}'", advice);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FichierKeyException($"The key file '{path}' cannot be read: {e.Message}", e) { Remedy = "Check the path and its rights." };
        }
    }
}

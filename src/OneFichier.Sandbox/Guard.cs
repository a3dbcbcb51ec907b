namespace OneFichier.Sandbox;

/// <summary>Checks options.</summary>
internal static class Guard
{
    public static void That(bool option, string sentence)
    {
        if (!option)
            throw new ArgumentException(sentence, nameof(option));
    }
}

using System.Globalization;
using System.Text;

namespace OneFichier.Sandbox;

/// <summary>What the service makes of a name.</summary>
internal static class Names
{
    public const int Longest = 250;

    private const string Reserved = "\\<>\"'$`/";

    /// <summary>The name as it will be kept, or null when it is refused.</summary>
    public static string? Accept(string name, ReservedCharacters how, bool inBytes)
    {
        if (name.Length == 0 || (inBytes ? Encoding.UTF8.GetByteCount(name) : new StringInfo(name).LengthInTextElements) > Longest)
            return null;
        if (how == ReservedCharacters.Keep)
            return name;
        if (name is "." or "..")
            return how == ReservedCharacters.Replace ? new string('_', name.Length) : null;
        if (how == ReservedCharacters.Reject)
            return Offends(name) ? null : name;
        var kept = Rewritten(name, how == ReservedCharacters.Replace);
        return kept.Length == 0 ? null : kept;
    }

    private static bool Offends(string name) =>
        name[0] == ' ' || name[^1] == ' ' || name.Any(IsReserved);

    private static bool IsReserved(char c) =>
        c < ' ' || c == '\x7f' || Reserved.Contains(c, StringComparison.Ordinal);

    private static string Rewritten(string name, bool replace)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name.Trim(' '))
        {
            if (!IsReserved(c))
                text.Append(c);
            else if (replace)
                text.Append('_');
        }

        return text.ToString();
    }
}

using System.Globalization;
using System.Text;
using static OneFichier.Names.ReservedCharacters;

namespace OneFichier.Names;

internal static class ServiceNameEncoder
{
    public static string Encode(string name) => name switch
    {
        "." => "\uFF0E",
        ".." => "\uFF0E\uFF0E",
        "\uFF0E" => "\u201B\uFF0E",
        "\uFF0E\uFF0E" => "\u201B\uFF0E\u201B\uFF0E",
        _ => MustChange(name) ? Rewrite(name) : name,
    };

    private static bool MustChange(string name) =>
        name.Length > 0
        && (IsSpace(name[0]) || IsSpace(name[^1]) || name.AsSpan().ContainsAny(Notable) || HasLoneSurrogate(name));

    private static bool IsSpace(char value) => value is ' ' or SpaceSymbol;

    private static bool HasLoneSurrogate(ReadOnlySpan<char> name)
    {
        for (int index; (index = name.IndexOfAny(Surrogates)) >= 0; name = name[(index + 2)..])
            if (!IsPair(name, index))
                return true;
        return false;
    }

    private static bool IsPair(ReadOnlySpan<char> name, int index) =>
        index + 1 < name.Length && char.IsSurrogatePair(name[index], name[index + 1]);

    private static string Rewrite(string name)
    {
        var stored = new StringBuilder(name.Length + 8);
        for (var index = 0; index < name.Length; index++)
        {
            var value = name[index];
            if (IsPair(name, index))
                stored.Append(value).Append(name[++index]);
            else if (char.IsSurrogate(value))
                AppendLoneSurrogate(stored, value);
            else
                AppendCharacter(stored, value, isEdge: index == 0 || index == name.Length - 1);
        }

        return stored.ToString();
    }

    private static void AppendCharacter(StringBuilder stored, char value, bool isEdge)
    {
        if (value == ' ' && isEdge)
            stored.Append(SpaceSymbol);
        else if (IsOriginal(value))
            stored.Append(SymbolFor(value));
        else if (value == Quote || IsSymbol(value) || value == SpaceSymbol && isEdge)
            stored.Append(Quote).Append(value);
        else
            stored.Append(value);
    }

    private static void AppendLoneSurrogate(StringBuilder stored, char value)
    {
        if (LooseBytes.IsEscape(value))
            stored.Append(Quote).Append(LooseBytes.Unescape(value).ToString("X2", CultureInfo.InvariantCulture));
        else
            foreach (var part in LooseBytes.GeneralizedUtf8(value))
                stored.Append(Quote).Append(part.ToString("x2", CultureInfo.InvariantCulture));
    }
}

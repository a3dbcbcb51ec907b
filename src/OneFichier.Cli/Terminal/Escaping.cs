using System.Globalization;
using System.Text;

namespace OneFichier.Cli.Terminal;

/// <summary>Names as they may be shown on a terminal: what could move the cursor, recolour the screen or turn the text around is escaped.</summary>
internal static class Escaping
{
    public static string Visible(string name)
    {
        if (!name.EnumerateRunes().Any(IsDangerous))
            return name;

        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
            text.Append(IsDangerous(rune) ? Escape(rune) : rune.ToString());

        return text.ToString();
    }

    private static bool IsDangerous(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Escape(Rune rune) => rune.Value switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < 0x100 => $"\\x{rune.Value:x2}",
        _ => $"\\u{rune.Value:x4}",
    };
}

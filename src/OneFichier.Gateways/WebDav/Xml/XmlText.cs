using System.Text;
using System.Xml;

namespace OneFichier.Gateways.WebDav;

/// <summary>Text that XML 1.0 can hold.</summary>
internal static class XmlText
{
    /// <summary>The text, with U+FFFD in the place of what no XML document may contain, not even escaped.</summary>
    public static string Holdable(string text)
    {
        var good = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                good.Append(text, i++, 2);
            else
                good.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }

        return good.ToString();
    }
}

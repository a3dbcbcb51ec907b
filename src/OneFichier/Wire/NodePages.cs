using System.Net;
using System.Text.RegularExpressions;

namespace OneFichier.Wire;

/// <summary>What can be read off the pages of an upload node.</summary>
internal static partial class NodePages
{
    /// <summary>The message of a refusal: the first non-empty <c>div.bloc2</c>, else the title, in French whatever the language.</summary>
    public static string? Refusal(string html) =>
        Blocks().Matches(html).Select(m => Text(m.Groups["text"].Value)).FirstOrDefault(t => t.Length > 0);

    /// <summary>Whether the page asks to wait: the report is not ready yet.</summary>
    public static bool AsksToWait(string html) =>
        html.Contains("Please wait", StringComparison.OrdinalIgnoreCase) || html.Contains("Veuillez patienter", StringComparison.OrdinalIgnoreCase);

    /// <summary>Lines of <c>filename;size;downloadId;removeId;domainId;?</c>; names may hold semicolons, so fields are counted from the end.</summary>
    public static IReadOnlyList<UploadedFile> Csv(string csv) => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(CsvLine).OfType<UploadedFile>()];

    private static UploadedFile? CsvLine(string line)
    {
        var fields = line.Split(';');
        for (var tail = 5; tail >= 3; tail--)
        {
            var size = fields.Length - tail;
            if (size >= 1 && long.TryParse(fields[size], out var bytes) && fields[size + 1].Length >= 5 && fields[size + 1].All(char.IsAsciiLetterOrDigit))
            {
                var stored = string.Join(';', fields[..size]);
                var domain = tail >= 4 && int.TryParse(fields[size + 3], out var number) && number is >= 0 and < 11 ? HostingDomain.All[number] : null;
                return new UploadedFile(FileLink.FromId(fields[size + 1], domain), Names.ServiceName.Decode(stored), bytes) { StoredName = stored };
            }
        }

        return null;
    }

    private static string Text(string html) => WebUtility.HtmlDecode(Tags().Replace(html, " ")).Trim();

    [GeneratedRegex("<div[^>]*class=[\"']?bloc2[\"']?[^>]*>(?<text>.*?)</div>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 300_000)]
    private static partial Regex Blocks();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 300_000)]
    private static partial Regex Tags();
}

namespace OneFichier.Cli.Parsing;

/// <summary>Finds the words a mistyped one was probably meant to be.</summary>
internal static class Nearest
{
    public static IReadOnlyList<string> To(string word, IEnumerable<string> known)
    {
        var limit = Math.Max(1, word.TrimStart('-').Length / 3);
        var close = known.Distinct()
            .Select(k => (Word: k, Distance: k.StartsWith(word, StringComparison.Ordinal) && word.Length > 2 ? 1 : Distance(word, k)))
            .Where(k => k.Distance <= limit)
            .OrderBy(k => k.Distance)
            .ToList();
        return [.. close.TakeWhile(k => k.Distance == close[0].Distance).Take(3).Select(k => k.Word)];
    }

    // Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
                d[i, j] = i == 0 || j == 0 ? i + j : Cheapest(a, b, d, (i, j));
        }

        return d[a.Length, b.Length];
    }

    private static int Cheapest(string a, string b, int[,] d, (int I, int J) at)
    {
        var (i, j) = at;
        var cost = a[i - 1] == b[j - 1] ? 0 : 1;
        var best = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, d[i - 2, j - 2] + 1) : best;
    }
}

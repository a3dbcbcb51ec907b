namespace OneFichier.Gateways.Strm;

/// <summary>Which <c>.strm</c> file stands for which file: its name without its ending, as players look for <c>film.nfo</c> beside <c>film.mkv</c>; with it where two would be one.</summary>
internal static class StrmNames
{
    private const string Ending = ".strm";
    private const int LongestEnding = 6;

    /// <returns>The content of each, by path.</returns>
    public static SortedDictionary<string, string> Of(IReadOnlyCollection<StrmFile> files, StrmGateway gateway)
    {
        var shared = files.GroupBy(f => Bare(f.Path), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wanted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var bare = Bare(file.Path);
            if (gateway.AddressOf(file.Entry) is { } address)
                wanted[(shared.Contains(bare) ? file.Path : bare) + Ending] = address + "\n";
        }

        return wanted;
    }

    private static string Bare(string path)
    {
        var ending = Path.GetExtension(path);
        return ending.Length is > 1 and <= LongestEnding && Path.GetFileName(path).Length > ending.Length && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? path[..^ending.Length] : path;
    }
}

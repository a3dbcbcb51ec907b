using System.Globalization;
using OneFichier.Drive.Migration;

namespace OneFichier.Server.Migration;

/// <summary>
/// Slices that are one job: a few neighbours of one folder, so that the folder is looked at by one node and not by all, which the service would allow them one after the other, half a minute apart.
/// </summary>
internal static class SliceRun
{
    private const int Most = 4;

    /// <summary>The jobs of a migration, each with the numbers of its slices, the same for whoever asks and whatever is done already.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<long>> Of(IEnumerable<MigrationSlice> all) => all
        .GroupBy(s => s.Folder)
        .SelectMany(g => g.Select(s => s.Number).Order().Chunk(Most))
        .ToDictionary(Name, n => (IReadOnlyList<long>)n, StringComparer.Ordinal);

    /// <summary>The slices of a job by its name.</summary>
    public static IReadOnlyList<long> SlicesOf(string name) => [.. name.Split('+').Select(n => long.Parse(n, CultureInfo.InvariantCulture))];

    private static string Name(long[] slices) => string.Join('+', slices.Select(n => n.ToString(CultureInfo.InvariantCulture)));
}

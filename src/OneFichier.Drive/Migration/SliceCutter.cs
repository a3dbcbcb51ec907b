namespace OneFichier.Drive.Migration;

/// <summary>A number of files of one folder that go one way, together: what one worker takes at a time.</summary>
/// <param name="Number">Its number, from one.</param>
/// <param name="Folder">The folder they go into, below the target.</param>
/// <param name="Way">The way they go.</param>
public sealed record MigrationSlice(long Number, VolumePath Folder, MigrationWay Way)
{
    /// <summary>Files in it.</summary>
    public int Items { get; init; }

    /// <summary>Their bytes, as far as they are known.</summary>
    public long Bytes { get; init; }

    /// <summary>Requests it costs, at the least.</summary>
    public int Requests { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }
}

/// <summary>Cuts the files of a folder into slices: as many files as an upload session takes, and no more bytes than are worth losing.</summary>
internal sealed class SliceCutter(int files, long bytes)
{
    private const int NamesInOneCall = 100;

    private long _number;

    /// <param name="folder">The folder.</param>
    /// <param name="items">Its files, decided.</param>
    /// <param name="extra">Requests that a file costs beside those of its slice.</param>
    /// <returns>The items with their slices, and the slices.</returns>
    public (List<MigrationItem> Items, List<MigrationSlice> Slices) Cut(VolumePath folder, IReadOnlyList<MigrationItem> items, Func<MigrationItem, int> extra)
    {
        var cut = new List<MigrationItem>(items.Count);
        var slices = new List<MigrationSlice>();
        cut.AddRange(items.Where(i => !Goes(i)));
        foreach (var way in items.Where(Goes).GroupBy(i => i.Way).OrderBy(g => g.Key))
        {
            MigrationSlice? open = null;
            var carried = 0L;
            foreach (var item in way)
            {
                var size = item.Way == MigrationWay.Carry ? item.Size ?? 0 : 0;
                if (open is null || open.Items >= files || (open.Items > 0 && carried + size > bytes))
                {
                    slices.Add(open = new MigrationSlice(++_number, folder, way.Key) { Requests = 1 });
                    carried = 0;
                }

                carried += size;
                var more = extra(item) + (way.Key != MigrationWay.Carry && open.Items > 0 && open.Items % NamesInOneCall == 0 ? 1 : 0);
                slices[^1] = open = open with { Items = open.Items + 1, Bytes = open.Bytes + (item.Size ?? 0), Requests = open.Requests + more };
                cut.Add(item with { Slice = open.Number });
            }
        }

        return (cut, slices);
    }

    private static bool Goes(MigrationItem item) => item.Way is MigrationWay.Copy or MigrationWay.Fetch or MigrationWay.Carry;
}

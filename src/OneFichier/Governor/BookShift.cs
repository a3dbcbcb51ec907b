namespace OneFichier.Governor;

internal static class BookShift
{
    public static void Apply(BookDocument document, TimeSpan by)
    {
        document.BlankBefore += by;
        document.Asked += by;
        document.Spared += by;
        document.Slow = document.Slow is { } slow ? slow with { Since = slow.Since + by } : null;
        Each(document.Spendings, s => s with { Start = s.Start + by, End = s.End + by });
        Each(document.Locks, l => l with { Since = l.Since + by, Until = l.Until + by });
        Each(document.Waiting, w => w with { Until = w.Until + by, Seen = w.Seen + by });
        foreach (var user in document.Users)
        {
            user.Seen += by;
            Each(user.Tallies, t => t with { Start = t.Start + by });
        }
    }

    private static void Each<T>(List<T> list, Func<T, T> change)
    {
        for (var i = 0; i < list.Count; i++)
            list[i] = change(list[i]);
    }
}

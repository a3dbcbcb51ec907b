using System.Globalization;

namespace OneFichier.Server.Jobs;

/// <summary>One field of a cron line: the numbers it allows.</summary>
/// <param name="Allowed">A bit for each number.</param>
/// <param name="BeginsWithStar">Whether it was written as <c>*</c> or <c>*/n</c>.</param>
internal readonly record struct CronField(ulong Allowed, bool BeginsWithStar)
{
    public bool Has(int number) => (Allowed >> number & 1) == 1;

    /// <exception cref="FormatException">It cannot be read; the message names the field.</exception>
    public static CronField Parse(string text, CronRange range)
    {
        var allowed = text.Split(',').Aggregate(0UL, (bits, part) => bits | Part(part, range));
        if (range.SundayTwice && (allowed >> 7 & 1) == 1)
            allowed = (allowed | 1) & ~(1UL << 7);

        return new(allowed, text[0] is '*' or '?');
    }

    private static ulong Part(string part, CronRange range)
    {
        var halves = part.Split('/');
        var step = halves.Length == 1 ? 1 : halves.Length == 2 && int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw Wrong(part, range);
        var (first, last) = Ends(halves[0], range, hasStep: halves.Length == 2);
        var bits = 0UL;
        for (var number = first; number <= last; number += step)
            bits |= 1UL << number;

        return bits;
    }

    private static (int First, int Last) Ends(string text, CronRange range, bool hasStep)
    {
        if (text is "*" or "?")
            return (range.Least, range.Most);

        var ends = text.Split('-');
        var first = Number(ends[0], range);
        var last = ends.Length == 2 ? Number(ends[1], range) : hasStep ? range.Most : first;
        if (range.SundayTwice && ends.Length == 2 && last == 0)
            last = 7;

        return ends.Length <= 2 && first <= last ? (first, last) : throw Wrong(text, range);
    }

    private static int Number(string text, CronRange range)
    {
        var name = range.Names.ToList().FindIndex(n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name >= 0 ? name + range.FirstName
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= range.Least && number <= range.Most ? number
            : throw Wrong(text, range);
    }

    private static FormatException Wrong(string text, CronRange range) =>
        new($"'{text}' is no {range.Meaning}: a number from {range.Least} to {range.Most}{(range.Names.Count > 0 ? $" or a name as {range.Names[1]}" : "")}, a range as 1-5, a step as */10, or a list of them.");
}

/// <summary>What may stand in a field.</summary>
internal sealed record CronRange(string Meaning, int Least, int Most)
{
    public static readonly CronRange Minute = new("minute", 0, 59);
    public static readonly CronRange Hour = new("hour", 0, 23);
    public static readonly CronRange Day = new("day of the month", 1, 31);
    public static readonly CronRange Month = new("month", 1, 12) { Names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], FirstName = 1 };
    public static readonly CronRange Weekday = new("day of the week", 0, 7) { Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], SundayTwice = true };

    public IReadOnlyList<string> Names { get; init; } = [];

    public int FirstName { get; init; }

    /// <summary>Whether 7 is another way to write 0.</summary>
    public bool SundayTwice { get; init; }
}

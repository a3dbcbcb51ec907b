using System.Globalization;

namespace OneFichier.Sandbox;

/// <summary>
/// What goes wrong, and how often. The n-th request a rule applies to always has the same fate for the same seed, so a
/// run whose requests come in the same order can be played again.
/// </summary>
public sealed record FaultPlan
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>Decides which requests are hit.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The rules, each drawn on its own; of several hits the first in this order counts.</summary>
    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>
    /// Reads the text form: comma-separated <c>seed=N</c> and <c>[where:]kind=rate</c>, such as
    /// <c>seed=7,flood=0.02,cut=0.01,file/ls:html=0.1,download:corrupt=0.05</c>. <c>where</c> is a request class
    /// (api, node, download, public) or an endpoint (file/ls, upload.cgi, end.pl); kinds are the names of <see cref="FaultKind"/>.
    /// </summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static FaultPlan Parse(string text)
    {
        var plan = None;
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = Halves(item, '=') ?? throw new FormatException($"'{item}' is not name=value.");
            plan = name == "seed"
                ? plan with { Seed = ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed) ? seed : throw new FormatException($"'{value}' is no seed.") }
                : plan with { Rules = [.. plan.Rules, Rule(name, value)] };
        }

        return plan;
    }

    /// <summary>The text form, which <see cref="Parse"/> reads back.</summary>
    public override string ToString() =>
        string.Join(',', Rules.Select(r => r.ToString()).Prepend(string.Create(CultureInfo.InvariantCulture, $"seed={Seed}")));

    private static FaultRule Rule(string name, string value)
    {
        var (where, kind) = Halves(name, ':') ?? ("*", name);
        if (!Enum.TryParse<FaultKind>(kind, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed) || char.IsAsciiDigit(kind[0]))
            throw new FormatException($"'{kind}' is no fault; there are {string.Join(", ", Enum.GetNames<FaultKind>()).ToLowerInvariant()}.");
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) || rate is not (>= 0 and <= 1))
            throw new FormatException($"'{value}' is no rate from 0 to 1.");
        return new FaultRule { Kind = parsed, Rate = rate, Where = where };
    }

    private static (string, string)? Halves(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at <= 0 || at == text.Length - 1 ? null : (text[..at], text[(at + 1)..]);
    }
}

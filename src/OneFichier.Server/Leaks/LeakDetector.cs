using System.Text;

namespace OneFichier.Server.Leaks;

/// <summary>A piece of a text, with all of it that is needed around the part looked at.</summary>
/// <param name="Text">The piece.</param>
/// <param name="From">Where the part begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="IsWhole">Whether the piece is the whole text.</param>
/// <param name="SpeaksOfService">Whether the service is named by the path, or in what came before.</param>
public sealed record LeakWindow(string Text, int From, int To, bool IsWhole, bool SpeaksOfService);

/// <summary>
/// Tells keys of the service from all else that is as long. What is not proven by being a key of this machine needs a reason in its surroundings: its name, its line, the lines
/// around, or the rest of the text; the weaker the reason, the more it must look drawn by lot. Pure: the same text gives the same answer.
/// </summary>
/// <param name="known">The keys this machine uses, and what they are called; found wherever they stand.</param>
public sealed class LeakDetector(IReadOnlyCollection<KeyValuePair<string, ApiKey>> known)
{
    private const string Marker = "fichier:allow";
    private const string InBase64 = " (in Base64)";

    /// <summary>Looks at a part of a text.</summary>
    /// <returns>Where keys begin, and what is said of them; lines and columns are the reader's.</returns>
    public IEnumerable<(int At, Leak Leak)> Look(LeakWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        var seen = new HashSet<int>();
        foreach (var (at, length, leak) in Known(window))
        {
            for (var i = at; i <= at + length; i++)
                seen.Add(i);
            yield return (at, leak);
        }

        foreach (var run in KeyRuns.In(window.Text, window.From, window.To))
        {
            if (run.Start < window.To && !seen.Contains(run.End) && Judge(window, run) is { } leak && seen.Add(run.End))
                yield return (run.Start, leak);
        }

        foreach (var (start, text) in EncodedText.In(window.Text, window.From, window.To))
        {
            var inner = new LeakWindow(text, 0, text.Length, IsWhole: false, window.SpeaksOfService || LeakWords.Service().IsMatch(window.Text));
            foreach (var leak in KeyRuns.In(text, 0, text.Length).Select(r => Judge(inner, r)).OfType<Leak>())
                yield return (start, leak with { Why = leak.Why + InBase64 });
        }
    }

    /// <summary>Looks for the keys of this machine only: all that makes sense in what is no text.</summary>
    public IEnumerable<(int At, Leak Leak)> LookForKnown(LeakWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        return Known(window).Select(k => (k.At, k.Leak));
    }

    private IEnumerable<(int At, int Length, Leak Leak)> Known(LeakWindow window)
    {
        foreach (var (name, key) in known)
        {
            var plain = key.Reveal();
            foreach (var form in new HashSet<string>(StringComparer.Ordinal) { plain, Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)), Uri.EscapeDataString(plain) })
            {
                for (var at = window.Text.IndexOf(form, window.From, StringComparison.Ordinal); at >= 0 && at < window.To; at = window.Text.IndexOf(form, at + 1, StringComparison.Ordinal))
                {
                    if (!IsAllowed(new Neighbours(window.Text, new KeyRun(at, at + form.Length, plain))))
                        yield return (at, form.Length, Of(plain, LeakConfidence.Certain, $"it is the key of {name}"));
                }
            }
        }
    }

    private static Leak? Judge(LeakWindow window, KeyRun run)
    {
        var look = KeyShape.Judge(run.Value);
        if (look == KeyLook.None || LeakWords.StrangersToken().IsMatch(run.Value))
            return null;
        var around = new Surroundings(window.Text, run);
        if (around.IsPart || around.Kind == NameKind.Other)
            return null;
        var beside = new Neighbours(window.Text, run);
        var form = run.IsEncoded ? InBase64 : "";
        return !IsAllowed(beside) && Reason(window, run, around, beside, look) is var (confidence, why) ? Of(run.Value, confidence, why + form) : null;
    }

    private static (LeakConfidence, string)? Reason(LeakWindow window, KeyRun run, Surroundings around, Neighbours beside, KeyLook look) => (around.Kind, look) switch
    {
        (NameKind.Ours, _) => (LeakConfidence.High, $"the value of {around.Name}"),
        _ when beside.IsAStrangers || LeakWords.Strangers().IsMatch(around.Name) => null,
        (NameKind.Neutral, KeyLook.Strong) when around.Name.Contains("fichier", StringComparison.OrdinalIgnoreCase) => (LeakConfidence.Medium, $"the value of {around.Name}"),
        (NameKind.Generic, _) or (NameKind.Neutral, >= KeyLook.Fair) when beside.IsInLine => (LeakConfidence.High, $"the value of {around.Name}, in a line about 1fichier"),
        (NameKind.Generic, _) when beside.IsNear => (LeakConfidence.High, $"the value of {around.Name}, beside lines about 1fichier"),
        (NameKind.Neutral, KeyLook.Strong) when beside.IsNear => (LeakConfidence.Medium, $"the value of {around.Name}, beside lines about 1fichier"),
        (NameKind.Named, KeyLook.Strong) when beside.IsInLine || beside.IsUnderComment => (LeakConfidence.Medium, $"the value of {around.Name}, which is said to be of 1fichier"),
        (NameKind.None, KeyLook.Strong) when around.IsAlone && beside.IsInLine => (LeakConfidence.Medium, "in a line about 1fichier"),
        (NameKind.None, KeyLook.Strong) when around.IsAlone && beside.IsNear => (LeakConfidence.Medium, "beside lines about 1fichier"),
        (NameKind.Generic, KeyLook.Strong) when !LeakWords.IsPassword(around.Name) && Speaks(window) && !beside.IsUnderOtherHeading => (LeakConfidence.Medium, $"the value of {around.Name}, in a file about 1fichier"),
        (NameKind.None, >= KeyLook.Fair) when window.IsWhole && window.SpeaksOfService && window.Text.Trim() == run.Value => (LeakConfidence.Medium, "all there is in a file named so"),
        _ => null,
    };

    private static bool Speaks(LeakWindow window) => window.SpeaksOfService || Neighbours.Speaks(window.Text);

    private static bool IsAllowed(Neighbours beside) => beside.Line.Contains(Marker, StringComparison.Ordinal);

    private static Leak Of(string value, LeakConfidence confidence, string why)
    {
        var key = ApiKey.Parse(value);
        return new Leak(0, 0, key.ToString(), key.Fingerprint, confidence, why);
    }
}

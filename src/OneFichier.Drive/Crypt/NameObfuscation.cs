using System.Text;

namespace OneFichier.Drive.Crypt;

/// <summary>rclone's <c>obfuscate</c>: each character moves on within its kind, by a distance made of the name and the key; the name's part of it stands in front.</summary>
internal static class NameObfuscation
{
    private const char Quote = '!';

    /// <param name="name">A name in rclone's standard form.</param>
    /// <param name="keySum">The sum of the bytes of the name key.</param>
    public static string Apply(string name, int keySum)
    {
        if (HasLooseBytes(name))
            return $"!.{name}";
        var own = name.EnumerateRunes().Aggregate(0L, (sum, rune) => sum + rune.Value) % 256;
        var text = new StringBuilder(name.Length + 8).Append(own).Append('.');
        foreach (var rune in name.EnumerateRunes())
            Append(text, rune.Value, (int)own + keySum);
        return text.ToString();
    }

    /// <returns><see langword="null"/> when the name was not obfuscated.</returns>
    public static string? Undo(string text, int keySum)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return null;
        if (dot == 1 && text[0] == Quote)
            return text[2..];
        if (HasLooseBytes(text) || !int.TryParse(text.AsSpan(0, dot), out var own) || own is < 0 or > 255)
            return null;

        var name = new StringBuilder(text.Length);
        var quoted = false;
        foreach (var rune in text[(dot + 1)..].EnumerateRunes())
        {
            if (!quoted && rune.Value == Quote)
            {
                quoted = true;
                continue;
            }

            var value = quoted ? rune.Value : Moved(rune.Value, -1, own + keySum);
            quoted = false;
            if (!Rune.IsValid(value))
                return null;
            name.Append(new Rune(value));
        }

        return name.ToString();
    }

    private static void Append(StringBuilder text, int value, int distance)
    {
        var moved = Moved(value, 1, distance);
        if (value == Quote || !Rune.IsValid(moved))
            text.Append(Quote).Append(new Rune(value));
        else
            text.Append(new Rune(moved));
    }

    private static int Moved(int value, int direction, int distance) => value switch
    {
        >= '0' and <= '9' => '0' + Wrapped(value - '0', direction * (distance % 9 + 1), 10),
        (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') => Letter(Wrapped(value >= 'a' ? value - 'a' + 26 : value - 'A', direction * (distance % 25 + 1), 52)),
        >= 0xA0 and <= 0xFF => 0xA0 + Wrapped(value - 0xA0, direction * (distance % 95 + 1), 96),
        >= 0x100 => (value & ~0xFF) + Wrapped(value & 0xFF, direction * (distance % 127 + 1), 256),
        _ => value,
    };

    private static int Letter(int place) => place < 26 ? 'A' + place : 'a' + place - 26;

    private static int Wrapped(int place, int by, int size) => (place + by + size) % size;

    private static bool HasLooseBytes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }

        return false;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace OneFichier.Drive.Sync;

/// <summary>How many bytes a second may pass, each way. The default value sets no limit.</summary>
/// <param name="Up">Towards the service; <see langword="null"/> for no limit.</param>
/// <param name="Down">From the service; <see langword="null"/> for no limit.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BandwidthLimit(long? Up, long? Down)
{
    private const string Units = "BKMGTPE";

    /// <summary>
    /// Reads a rate for both ways, <c>10M</c>, or one for each, <c>1M:512k</c>. The units are rclone's: <c>B K M G T P E</c> in steps of 1024, whether or not <c>i</c> or <c>iB</c> follows, and
    /// KiB without one. <c>off</c> and zero mean no limit.
    /// </summary>
    /// <exception cref="FormatException">It is none of that.</exception>
    public static BandwidthLimit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(':') switch
        {
            [var both] => new(Rate(both), Rate(both)),
            [var up, var down] => new(Rate(up), Rate(down)),
            _ => throw new FormatException($"'{text}' has more than one colon; write a rate as 10M, or up and down as 1M:512k."),
        };
    }

    /// <summary>The limit of one way.</summary>
    public long? Of(BandwidthDirection direction) => direction == BandwidthDirection.Up ? Up : Down;

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Up == Down ? Text(Up) : $"{Text(Up)}:{Text(Down)}";

    private static string Text(long? rate) => rate is { } bytes ? $"{bytes}B" : "off";

    private static long? Rate(string text)
    {
        if (text.Equals("off", StringComparison.OrdinalIgnoreCase))
            return null;

        var number = text.TrimEnd([.. "iIbBkKmMgGtTpPeE"]);
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || Exponent(text[number.Length..]) is not { } exponent)
            throw Refused(text);

        var bytes = (double)value * Math.Pow(1024, exponent);
        return bytes >= long.MaxValue ? throw Refused(text) : bytes < 1 ? null : (long)bytes;
    }

    private static int? Exponent(string unit)
    {
        var exponent = unit.Length == 0 ? 1 : Units.IndexOf(char.ToUpperInvariant(unit[0]));
        var rest = unit.Length == 0 ? "" : unit[1..].ToUpperInvariant();
        return rest.Length == 0 || (exponent > 0 && rest is "I" or "IB") ? exponent : null;
    }

    private static FormatException Refused(string text) =>
        new($"'{text}' is no rate; write it as 512k, 10M, 1.5G or off (bytes a second; without a letter KiB).");
}

/// <summary>Which way bytes go.</summary>
public enum BandwidthDirection
{
    /// <summary>Towards the service.</summary>
    Up,

    /// <summary>From the service.</summary>
    Down,
}

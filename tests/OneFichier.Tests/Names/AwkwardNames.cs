using System.Text;

namespace OneFichier.Tests.Names;

/// <summary>Names, as bytes, made of what is special to the service, to rclone or to UTF-8.</summary>
internal static class AwkwardNames
{
    private static readonly byte[][] Core = Parts([" ", "␠", "‛", ".", "．", "4"], [0xFE]);

    private static readonly byte[][] All = Parts(
        [.. Enumerable.Range(0, 0x80).Select(value => $"{(char)value}"),
            .. "␀␁␉␊␍␟␠␡／＼＜＞＂＇＄｀．‛：？＊｜％～\u2422\u00E9\uFFFD\u00A0".Select(value => $"{value}"), "😀", "‛FE", "‛41", "日本"],
        [0xC3], [0xE2, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0xAF], [0x80], [0xFF]);

    /// <summary>Every part alone, every two and three of the trickiest in a row, and some random compositions; none is empty and none comes twice.</summary>
    public static IReadOnlyList<byte[]> Make(Random random, int compositions) =>
        [.. Core.SelectMany(first => Core.Select(second => Join(first, second)))
            .Concat(Core.SelectMany(first => Core.SelectMany(second => Core.Select(third => Join(first, second, third)))))
            .Concat(All)
            .Concat(Enumerable.Range(0, compositions).Select(_ => Compose(random, 1 + random.Next(8))))
            .DistinctBy(Convert.ToHexString)];

    /// <summary>A random name of a number of parts.</summary>
    public static byte[] Compose(Random random, int parts) =>
        Join([.. Enumerable.Range(0, parts).Select(_ => random.Next(3) == 0 ? Pick(random, Core) : Pick(random, All))]);

    private static byte[] Pick(Random random, byte[][] parts) => parts[random.Next(parts.Length)];

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[][] Parts(string[] texts, params byte[][] others) => [.. texts.Select(Encoding.UTF8.GetBytes), .. others];
}

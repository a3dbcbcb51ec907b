using System.Text;

namespace OneFichier.Tests.Names;

/// <summary>The two ways in which rclone itself writes a name: for a Unix disk, and in its own paths and listings.</summary>
internal static class RcloneNames
{
    private const string Quote = "‛";
    private static readonly Dictionary<string, string> Disk = new() { ["\0"] = "␀", ["/"] = "／" };
    private static readonly Dictionary<string, string> Listing = Enumerable.Range(1, 0x1F)
        .Select(control => KeyValuePair.Create($"{(char)control}", $"{(char)(0x2400 + control)}"))
        .Append(KeyValuePair.Create("\u007F", "␡")).Concat(Disk).ToDictionary();

    public static byte[] OnDisk(byte[] name) => Write(name, Disk);

    public static byte[] Listed(byte[] name) => Write(name, Listing);

    private static byte[] Write(byte[] name, Dictionary<string, string> lookAlikes) => Encoding.UTF8.GetString(name) switch
    {
        "." => Encoding.UTF8.GetBytes("．"),
        ".." => Encoding.UTF8.GetBytes("．．"),
        "．" => Encoding.UTF8.GetBytes("‛．"),
        "．．" => Encoding.UTF8.GetBytes("‛．‛．"),
        _ => [.. Characters(name).SelectMany(character => Replace(character, lookAlikes))],
    };

    private static byte[] Replace(byte[] character, Dictionary<string, string> lookAlikes)
    {
        var text = Encoding.UTF8.GetString(character);
        return lookAlikes.TryGetValue(text, out var lookAlike) ? Encoding.UTF8.GetBytes(lookAlike)
            : text == Quote || lookAlikes.ContainsValue(text) ? Encoding.UTF8.GetBytes(Quote + text)
            : character;
    }

    private static IEnumerable<byte[]> Characters(byte[] name)
    {
        for (var index = 0; index < name.Length;)
        {
            _ = Rune.DecodeFromUtf8(name.AsSpan(index), out _, out var length);
            yield return name[index..(index += length)];
        }
    }
}

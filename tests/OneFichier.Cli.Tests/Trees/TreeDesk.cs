using System.Text.Json;

namespace OneFichier.Cli.Tests.Trees;

/// <summary>What tests of the tree verbs ask of a desk.</summary>
internal static class TreeDesk
{
    /// <summary>
    /// Another machine: nothing remembered, and a request budget of its own. The service lets nobody list a folder twice in half a minute, and the program keeps to that,
    /// so this also stands for the time to pass.
    /// </summary>
    public static Desk Elsewhere(this Desk desk) => desk.With("XDG_STATE_HOME", Path.Combine(desk.Home, "state-" + Path.GetRandomFileName()));

    /// <summary>The paths of all files of the account.</summary>
    public static string[] Stored(this Desk desk, string? account = null) => [.. desk.Control.Tree(account).Files.Select(f => f.Path).Order(StringComparer.Ordinal)];

    /// <summary>What a file of the account holds.</summary>
    public static string Content(this Desk desk, string path)
    {
        using var reader = new StreamReader(desk.Control.Open(desk.Control.Tree().Files.Single(f => f.Path == path).Url));
        return reader.ReadToEnd();
    }

    /// <summary>The files below a folder of the home, by their paths from there.</summary>
    public static string[] OnDisk(this Desk desk, string folder)
    {
        var root = Path.Combine(desk.Home, folder);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)]
            : [];
    }

    public static string Read(this Desk desk, string file) => File.ReadAllText(Path.Combine(desk.Home, file));

    /// <summary>A file of many bytes, the same for the same seed.</summary>
    public static string BigFile(this Desk desk, string name, int size, int seed = 1)
    {
        var path = desk.File(name);
        File.WriteAllBytes(path, Bytes(size, seed));
        return path;
    }

    public static byte[] Bytes(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>How many requests of a kind came since the log was cleared.</summary>
    public static long Asked(this Desk desk, string endpoint) => desk.Control.Counters.Endpoints.GetValueOrDefault(endpoint);

    /// <summary>The events of a run, each of which names its type first.</summary>
    public static JsonElement[] Events(this Outcome outcome, string? type = null)
    {
        Assert.All(outcome.Lines, line => Assert.StartsWith("{\"type\":\"", line));
        var events = outcome.Lines.Select(l => JsonDocument.Parse(l).RootElement);
        return [.. events.Where(e => type is null || e.GetProperty("type").GetString() == type)];
    }

    /// <summary>A number of the last event, which sums up.</summary>
    public static long Sum(this Outcome outcome, string member) => outcome.Events()[^1].GetProperty(member).GetInt64();

    /// <summary>The paths of the events of one type.</summary>
    public static string[] Paths(this Outcome outcome, string type) => [.. outcome.Events(type).Select(e => e.GetProperty("path").GetString()!).Order(StringComparer.Ordinal)];
}

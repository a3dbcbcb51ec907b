namespace OneFichier.Cli.Commands;

/// <summary>The processes of this user, as far as Linux shows them.</summary>
internal static class OwnProcesses
{
    /// <summary>Those that were started with one of these variables set to something, by name and number; this one and its parents by shell are among them only when they export it.</summary>
    public static IReadOnlyList<string> WithVariable(IReadOnlyCollection<string> variables)
    {
        if (!Directory.Exists("/proc/self"))
            return [];
        return [.. Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out var id) && id != Environment.ProcessId && Has(Path.Combine(f, "environ"), variables))
            .Select(f => $"{Read(Path.Combine(f, "comm")).Trim()} ({Path.GetFileName(f)})")];
    }

    private static bool Has(string environ, IReadOnlyCollection<string> variables) =>
        Read(environ).Split('\0').Any(pair => pair.Split('=', 2) is [var name, { Length: > 0 }] && variables.Contains(name));

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

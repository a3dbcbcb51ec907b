namespace OneFichier.Mount.Fuse;

/// <summary>What a server of mounts needs to know and do about its own process.</summary>
public static class OwnProcess
{
    /// <summary>Who it runs as.</summary>
    public static uint User => Libc.EffectiveUser();

    /// <summary>Its group.</summary>
    public static uint Group => Libc.EffectiveGroup();

    /// <summary>The permissions that new files of it lack.</summary>
    public static uint Umask()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("Umask:", StringComparison.Ordinal));
        return line is null ? 0x12 : Convert.ToUInt32(line[6..].Trim(), 8);
    }

    /// <summary>
    /// Leaves the terminal it was started from: a session of its own, the root as working folder, and nowhere to read from and write to, also for the copies the runtime has made of
    /// the standard streams.
    /// </summary>
    public static void LeaveTerminal()
    {
        const string descriptors = "/proc/self/fd";
        _ = Libc.NewSession();
        Environment.CurrentDirectory = "/";
        var nowhere = Libc.Open("/dev/null", Libc.ReadWriteCloseOnExec);
        var standard = Enumerable.Range(0, 3).Select(n => Target($"{descriptors}/{n}")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var descriptor in Directory.GetFiles(descriptors))
        {
            if (Target(descriptor) is { } target && standard.Contains(target))
                _ = Libc.Duplicate(nowhere, int.Parse(Path.GetFileName(descriptor)));
        }

        _ = Libc.Close(nowhere);
    }

    // What a descriptor leads to; the folder's own is gone when it is looked at.
    private static string? Target(string descriptor) => new FileInfo(descriptor).LinkTarget;
}

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

    /// <summary>Leaves the terminal it was started from: a session of its own, the root as working folder, and nowhere to read from and write to.</summary>
    public static void LeaveTerminal()
    {
        _ = Libc.NewSession();
        Environment.CurrentDirectory = "/";
        var nowhere = Libc.Open("/dev/null", Libc.ReadWriteCloseOnExec);
        for (var standard = 0; standard <= 2; standard++)
            _ = Libc.Duplicate(nowhere, standard);
        _ = Libc.Close(nowhere);
    }
}

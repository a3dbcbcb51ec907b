namespace OneFichier.Cli.Tests.Migration;

/// <summary>What tests of migrations look at.</summary>
internal static class MigrateDesk
{
    /// <summary>How often an endpoint was asked.</summary>
    public static long Asked(this Desk desk, string endpoint) => desk.Control.Counters.Endpoints.GetValueOrDefault(endpoint);

    /// <summary>Lets the program forget what it has asked for, as if half a minute had passed, since listings of a folder are that far apart.</summary>
    public static Desk LaterOn(this Desk desk)
    {
        foreach (var ledger in Directory.EnumerateFiles(Path.Combine(desk.Home, "state"), "quota*", SearchOption.AllDirectories).ToList())
            File.Delete(ledger);

        return desk;
    }

    /// <summary>Waits for something to be so, two minutes at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

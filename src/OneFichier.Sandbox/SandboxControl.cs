using OneFichier.Sandbox.Faults;

namespace OneFichier.Sandbox;

/// <summary>
/// The hand behind the scenes: looks at what was asked, and changes what the service has and does. The same verbs are
/// served over HTTP under <c>/_sandbox/</c>, to loopback only. Safe for several threads.
/// </summary>
public sealed partial class SandboxControl
{
    private readonly World world;
    private readonly FaultDice dice;

    internal SandboxControl(World world, FaultDice dice)
    {
        this.world = world;
        this.dice = dice;
    }

    /// <summary>The last 100,000 requests, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> Requests => world.Log.Requests();

    /// <summary>Counts of all requests since start or <see cref="ResetLog"/>.</summary>
    public RequestCounters Counters => world.Log.Counters();

    /// <summary>Empties the request log and sets the counters to zero.</summary>
    public void ResetLog() => world.Log.Reset();

    /// <summary>Forgets all rates, intervals and locks, as if nobody had asked anything yet.</summary>
    public void ResetLimits()
    {
        lock (world.Gate)
            world.Governor.Reset();
    }

    /// <summary>Empties every account and the guests' files, the log, the counts, the locks and the queued faults. Switches stay.</summary>
    public void Reset()
    {
        lock (world.Gate)
        {
            foreach (var account in world.Accounts)
                Clear(account.Email);
            foreach (var file in world.Guests.Files.Values.ToList())
                world.RemoveFile(file);
        }

        ResetLimits();
        ResetFaults();
        ResetLog();
    }

    /// <summary>The sandbox's clock: the injected one and what <see cref="Advance"/> added.</summary>
    public DateTimeOffset Now => world.Now;

    /// <summary>Moves the sandbox's clock forward.</summary>
    public void Advance(TimeSpan by) => world.Clock.Advance(by);
}

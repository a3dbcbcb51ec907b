using OneFichier.Sandbox.Faults;

namespace OneFichier.Sandbox;

public sealed partial class SandboxControl
{
    /// <summary>The limits in force. Windows already running go on.</summary>
    /// <exception cref="ArgumentException">A value set is out of its range.</exception>
    public SandboxLimits Limits
    {
        get => world.Limits;
        set
        {
            value.Validate();
            lock (world.Gate)
                world.Limits = value;
        }
    }

    /// <summary>How the doubtful points are played. <see cref="SandboxBehaviours.Seed"/> and Http2 are read at start only.</summary>
    /// <exception cref="ArgumentException">A value set is out of its range.</exception>
    public SandboxBehaviours Behaviours
    {
        get => world.Behaviours;
        set
        {
            value.Validate();
            lock (world.Gate)
                world.Behaviours = value;
        }
    }

    /// <summary>The fault plan in force. Setting another one starts its draws anew.</summary>
    public FaultPlan Faults
    {
        get => world.Faults;
        set
        {
            lock (world.Gate)
                world.Faults = value;
        }
    }

    /// <summary>Does a fault to the next so many requests it matches, before the plan is asked.</summary>
    /// <param name="kind">What happens.</param>
    /// <param name="where">As <see cref="FaultRule.Where"/>: a request class, an endpoint, or *.</param>
    /// <param name="count">To how many requests.</param>
    public void FailNext(FaultKind kind, string where = "*", int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (world.Gate)
            dice.Enqueue(new QueuedFault(kind, where, count));
    }

    /// <summary>Forgets what <see cref="FailNext"/> queued and starts the plan's draws anew.</summary>
    public void ResetFaults()
    {
        lock (world.Gate)
            dice.Reset();
    }
}

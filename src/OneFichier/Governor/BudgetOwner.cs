namespace OneFichier.Governor;

/// <summary>Who spends: one budget of one process.</summary>
/// <param name="Place">Where <paramref name="Pid"/> means something: the process namespace, or the machine.</param>
/// <param name="Pid">The process.</param>
/// <param name="Started">When it started, in ticks of whatever the system counts; with the number it names a process for good.</param>
/// <param name="Name">The name of the program.</param>
/// <param name="Serial">Tells several budgets of one process apart.</param>
public sealed record BudgetOwner(string Place, int Pid, long Started, string Name, int Serial)
{
    private static readonly BudgetOwner s_process = new(
        RunningProcess.Place, Environment.ProcessId, RunningProcess.StartOf(Environment.ProcessId) ?? 0,
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "?", 0);

    private static int s_serial;

    /// <summary>This process, under a serial number not used before.</summary>
    public static BudgetOwner ThisProcess() => s_process with { Serial = Interlocked.Increment(ref s_serial) };

    /// <summary>Whether the process has ended, as far as this machine can see.</summary>
    /// <param name="silence">How long nothing was heard of it: all there is to judge by when it runs in another container.</param>
    public bool IsGone(TimeSpan silence) =>
        Place == RunningProcess.Place ? (Pid == Environment.ProcessId ? s_process.Started : RunningProcess.StartOf(Pid)) != Started : silence > TimeSpan.FromMinutes(5);
}

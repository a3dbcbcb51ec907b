namespace OneFichier.Governor;

/// <summary>A call that waits for its permit.</summary>
internal sealed class QueuedCall(ApiCall call, TimeSpan maxWait, long arrived)
{
    public ApiCall Call => call;

    public LinkedListNode<QueuedCall>? Node { get; set; }

    public TaskCompletionSource<BudgetPermit> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was last told to <see cref="RequestBudget.Waits"/>.</summary>
    public TimeSpan? ReportedUntil { get; set; }

    public TimeSpan MaxWait => maxWait;

    public TimeSpan Left(TimeProvider time) => maxWait - time.GetElapsedTime(arrived);
}

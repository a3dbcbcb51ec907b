namespace OneFichier.Drive.Sync;

/// <summary>Counts the results of a check.</summary>
public sealed class CheckTotals
{
    private readonly int[] _counts = new int[Enum.GetValues<CheckResult>().Length];

    /// <summary>How many files came out that way.</summary>
    public int this[CheckResult result] => _counts[(int)result];

    /// <summary>Files that are the same in size, and whose contents could not be compared.</summary>
    public int Unproven { get; private set; }

    /// <summary>All that is not the same, failures included.</summary>
    public int Differences => _counts.Sum() - this[CheckResult.Same];

    /// <summary>Counts one.</summary>
    public void Add(CheckedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _counts[(int)file.Result]++;
        Unproven += file is { Result: CheckResult.Same, Proven: false } ? 1 : 0;
    }
}

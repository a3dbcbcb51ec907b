namespace OneFichier.Drive.Access;

/// <summary>Which way bytes go, as the client sees it.</summary>
public enum ByteFlow
{
    /// <summary>To the client.</summary>
    Down,

    /// <summary>From the client.</summary>
    Up,
}

/// <summary>Counts the bytes that go through a token against its budget. Any number of threads may use one at once, and together they never take more than there is.</summary>
public interface IByteMeter
{
    /// <summary>Takes bytes, or as many as are left.</summary>
    /// <returns>How many were taken; zero when none are left.</returns>
    long Take(ByteFlow flow, long wanted);

    /// <summary>Gives back what was taken and did not go.</summary>
    void GiveBack(ByteFlow flow, long bytes);
}

/// <summary>The byte budget of a token is spent. What was asked for was not done, or was cut where the budget ended.</summary>
public sealed class ByteBudgetException(ByteFlow flow) : UnauthorizedAccessException("The byte budget of this token is spent.")
{
    /// <summary>Which way the bytes were to go.</summary>
    public ByteFlow Flow => flow;
}

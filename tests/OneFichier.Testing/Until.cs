namespace OneFichier.Testing;

/// <summary>Waits for what another process or thread does, without taking the processor away from it.</summary>
public static class Until
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Looks again and again, until it is so.</summary>
    /// <exception cref="TimeoutException">It is not so after five minutes.</exception>
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <summary>As <see cref="TrueAsync(Func{bool})"/>, where looking takes its time.</summary>
    /// <exception cref="TimeoutException">It is not so after five minutes.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var begun = TimeProvider.System.GetTimestamp();
        using var looks = new PeriodicTimer(s_look);
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > s_patience)
                throw new TimeoutException("What the test waits for did not happen within five minutes.");

            await looks.WaitForNextTickAsync();
        }
    }
}

namespace OneFichier.Bench;

/// <summary>One way to hash a buffer.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Hash">The checksum of the buffer and the processor seconds it took, on one thread.</param>
internal sealed record WhirlpoolContender(string Name, Func<byte[], (WhirlpoolHash Hash, double Seconds)> Hash)
{
    /// <summary>A contender that works in this process and is timed by what the process spent.</summary>
    public static WhirlpoolContender InProcess(string name, Func<byte[], WhirlpoolHash> hash) => new(name, content =>
    {
        var before = Environment.CpuUsage.TotalTime;
        var result = hash(content);
        return (result, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    });
}

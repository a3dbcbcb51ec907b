using OneFichier.Hashing;

namespace OneFichier.Bench;

/// <summary>Our implementations of Whirlpool against those people have, in one run.</summary>
internal static class WhirlpoolBench
{
    public const int Size = 256 << 20;
    public const int Rounds = 5;
    private const int WarmUpSize = 32 << 20;
    private const int PieceSize = 128 << 10;
    private const string ResultFile = "bench/results/whirlpool.md";

    public static int Run(string[] arguments)
    {
        List<string> missing = [];
        var contenders = Ours().Concat(Peers(missing)).ToList();
        var content = new byte[Size];
        new Random(1).NextBytes(content);
        WarmUp(contenders, content.AsSpan(0, WarmUpSize).ToArray());

        var report = WhirlpoolReport.Write(Measure(contenders, content), missing);
        Console.Write(report);
        if (arguments.Contains("--write"))
            File.WriteAllText(Path.Combine(RepositoryRoot(), ResultFile), report);
        return 0;
    }

    private static IEnumerable<WhirlpoolContender> Ours() =>
        Enum.GetValues<WhirlpoolImplementation>()
            .Where(implementation => implementation != WhirlpoolImplementation.Auto && Whirlpool.IsSupported(implementation))
            .Select(implementation => WhirlpoolContender.InProcess($"fichier, {implementation}", content => Hash(implementation, content)));

    private static WhirlpoolHash Hash(WhirlpoolImplementation implementation, byte[] content)
    {
        using var whirlpool = new Whirlpool(implementation);
        for (var rest = content.AsSpan(); !rest.IsEmpty; rest = rest[PieceSize..])
            whirlpool.AppendData(rest[..PieceSize]);
        return whirlpool.GetHashAndReset();
    }

    private static IEnumerable<WhirlpoolContender> Peers(List<string> missing)
    {
        foreach (var open in new[] { WhirlpoolGcrypt.Open, WhirlpoolOpenSsl.Open, WhirlpoolRclone.Open })
            if (TryOpen(open, missing) is { } contender)
                yield return contender;
    }

    private static WhirlpoolContender? TryOpen(Func<WhirlpoolContender> open, List<string> missing)
    {
        try
        {
            return open();
        }
        catch (DllNotFoundException error)
        {
            missing.Add(error.Message);
            return null;
        }
    }

    private static void WarmUp(List<WhirlpoolContender> contenders, byte[] content)
    {
        for (var round = 0; round < 3; round++)
            foreach (var contender in contenders)
                contender.Hash(content);
    }

    private static List<(string Name, double Speed)> Measure(List<WhirlpoolContender> contenders, byte[] content)
    {
        var expected = Whirlpool.HashData(content);
        var seconds = contenders.ToDictionary(contender => contender, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
            foreach (var contender in contenders)
            {
                var (hash, spent) = contender.Hash(content);
                if (hash != expected)
                    throw new InvalidOperationException($"{contender.Name} disagrees: {hash}");
                seconds[contender].Add(spent);
            }

        return [.. contenders.Select(contender => (contender.Name, Size / 1e6 / seconds[contender].Order().ElementAt(Rounds / 2)))];
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "fichier.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}

using System.Globalization;

namespace OneFichier.Testing.Kills;

/// <summary>Where tests by chance begin.</summary>
public static class Seeds
{
    /// <summary>The seed of <c>FICHIER_TEST_SEED</c>, else one of this moment.</summary>
    public static int Next() =>
        int.TryParse(Environment.GetEnvironmentVariable("FICHIER_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : (int)(TimeProvider.System.GetUtcNow().Ticks / 10 & 0xFFFFFF);
}

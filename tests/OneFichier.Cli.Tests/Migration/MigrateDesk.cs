namespace OneFichier.Cli.Tests.Migration;

/// <summary>What tests of migrations look at.</summary>
internal static class MigrateDesk
{
    /// <summary>How often an endpoint was asked.</summary>
    public static long Asked(this Desk desk, string endpoint) => desk.Control.Counters.Endpoints.GetValueOrDefault(endpoint);
}

using System.Diagnostics.Metrics;

namespace OneFichier;

/// <summary>What the clients of this process cost, as counters of the .NET meter <see cref="MeterName"/>.</summary>
public static class FichierMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "OneFichier";

    /// <summary>Requests to the API, refused ones too.</summary>
    public const string Requests = "fichier.requests";

    /// <summary>Bytes sent to upload nodes.</summary>
    public const string Sent = "fichier.bytes.sent";

    /// <summary>Bytes received from download hosts.</summary>
    public const string Received = "fichier.bytes.received";

    private static readonly Meter s_meter = new(MeterName);
    private static readonly Counter<long> s_requests = s_meter.CreateCounter<long>(Requests);
    private static readonly Counter<long> s_sent = s_meter.CreateCounter<long>(Sent, "By");
    private static readonly Counter<long> s_received = s_meter.CreateCounter<long>(Received, "By");

    internal static void CountRequest() => s_requests.Add(1);

    internal static void CountSent(long bytes) => s_sent.Add(bytes);

    internal static void CountReceived(long bytes) => s_received.Add(bytes);
}

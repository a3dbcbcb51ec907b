using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OneFichier.Cli.Commands;

/// <summary>Checks of the machine, for <c>fichier doctor</c>; none asks the service.</summary>
internal static class MachineChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Finding Clock(TimeProvider time)
    {
        var now = $"{time.GetLocalNow():yyyy-MM-dd HH:mm:ss zzz}";
        if (!Directory.Exists("/run/systemd/timesync"))
            return new Finding("clock", Finding.Good, $"{now}; compare it with another");
        return File.Exists("/run/systemd/timesync/synchronized")
            ? new Finding("clock", Finding.Good, $"{now}, kept by systemd-timesyncd")
            : new Finding("clock", Finding.Doubtful, $"{now}, not set from the network yet") { Remedy = "See: timedatectl status. Locks and tokens are counted by this clock." };
    }

    /// <summary>The proxies connections go through, without their credentials.</summary>
    public static Finding Proxy(Func<string, string?> variable)
    {
        var set = (from name in (string[])["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"]
                   let value = variable(name) is { Length: > 0 } upper ? upper : variable(name.ToLowerInvariant())
                   where value is { Length: > 0 }
                   select $"{name}={Bare(value)}").ToList();
        return new Finding("proxy", Finding.Good, set.Count == 0 ? "none" : string.Join(", ", set));
    }

    public static async Task<Finding> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            var all = await Dns.GetHostAddressesAsync(host, limit.Token);
            var (four, six) = (all.Any(a => a.AddressFamily == AddressFamily.InterNetwork), all.Any(a => a.AddressFamily == AddressFamily.InterNetworkV6) && HasSix());
            return (four, six) switch
            {
                (true, true) => new Finding("addresses", Finding.Good, $"{host} is reached over IPv4 and IPv6; each run keeps to one of them")
                {
                    Remedy = "The service counts the two as two places: programs that use the account at once (a browser too) should use the same one.",
                },
                (_, true) => new Finding("addresses", Finding.Good, $"{host} is reached over IPv6"),
                _ => new Finding("addresses", Finding.Good, $"{host} is reached over IPv4"),
            };
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Finding("addresses", Finding.Doubtful, $"{host} has no address: {e.Message}") { Remedy = "Check the name server; behind a proxy that may be as it should." };
        }
    }

    /// <summary>Whether a program is there, and its version.</summary>
    public static async Task<Finding> ToolAsync(string program, string otherwise, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            using var process = Process.Start(new ProcessStartInfo(program, "version") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var first = await process.StandardOutput.ReadLineAsync(limit.Token);
            process.Kill();
            return new Finding(program, Finding.Good, first ?? "there");
        }
        catch (Exception e) when (e is Win32Exception || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Finding(program, Finding.Good, $"not here. {otherwise}");
        }
    }

    private static bool HasSix() => System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(i => i.GetIPProperties().UnicastAddresses).Any(a => a.Address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv6LinkLocal: false } && !IPAddress.IsLoopback(a.Address));

    private static string Bare(string value) => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.UserInfo.Length > 0 ? new UriBuilder(address) { UserName = "", Password = "" }.Uri.ToString() : value;
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OneFichier.Governor;

namespace OneFichier.Tests.Governor;

/// <summary>
/// Another process on the same ledger: this test program again, running one explicit test alone. For each call it is allowed it sends a byte
/// to its parent and holds the permit until a byte comes back.
/// </summary>
internal sealed class LedgerChild : IDisposable
{
    public const string FolderVariable = "FICHIER_TEST_LEDGER_FOLDER";
    public const string PortVariable = "FICHIER_TEST_LEDGER_PORT";

    private readonly Process _process;
    private readonly TcpClient _line;

    private LedgerChild(Process process, TcpClient line) => (_process, _line) = (process, line);

    public static IReadOnlyList<BudgetRule> FastRules { get; } =
    [
        new("pace", 1, TimeSpan.FromMilliseconds(5)) { FromResponse = false },
        new("api", 3, TimeSpan.FromMilliseconds(60)),
    ];

    public int Id => _process.Id;

    public NetworkStream Line => _line.GetStream();

    public static async Task<LedgerChild> StartAsync(string folder, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(LedgerChild).Assembly.Location, "-explicit", "only", "-method", $"*.{nameof(LedgerProcessTests.Spends_as_another_process_and_is_skipped_unless_a_test_starts_it)}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["TMPDIR"] = Path.GetDirectoryName(folder)!, ["DOTNET_EnableDiagnostics"] = "0", [FolderVariable] = folder, [PortVariable] = $"{((IPEndPoint)listener.LocalEndpoint).Port}" },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new(process, await listener.AcceptTcpClientAsync(cancellationToken));
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        _line.Dispose();
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}

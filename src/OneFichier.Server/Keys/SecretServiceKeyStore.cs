using System.Diagnostics;

namespace OneFichier.Server.Keys;

/// <summary>
/// Keys in the desktop's secret service (GNOME Keyring, KWallet, KeePassXC), through libsecret's <c>secret-tool</c>.
/// The key goes through its standard input, never through its arguments.
/// </summary>
/// <param name="owner">Tells apart the keys of two configurations of one user; the configuration folder.</param>
public sealed class SecretServiceKeyStore(string owner) : IKeyStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Name => "secret-service";

    /// <inheritdoc/>
    public async ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken)
    {
        if (!HasSessionBus() || !IsInstalled())
            return false;

        var (code, _, error) = await RunAsync(["lookup", .. Attributes("-")], null, cancellationToken);
        return code == 0 || error.Length == 0;
    }

    /// <inheritdoc/>
    public async Task<ApiKey?> FindAsync(string account, CancellationToken cancellationToken)
    {
        var (code, output, error) = await RunAsync(["lookup", .. Attributes(account)], null, cancellationToken);
        return code == 0 && output.Length > 0 ? ApiKey.Parse(output)
            : error.Length == 0 ? null
            : throw Refused(error);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(string account, ApiKey key, CancellationToken cancellationToken)
    {
        var label = $"--label=1fichier key of account {account}";
        var (code, _, error) = await RunAsync(["store", label, .. Attributes(account)], key.Reveal(), cancellationToken);
        if (code != 0)
            throw Refused(error);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string account, CancellationToken cancellationToken)
    {
        var known = await FindAsync(account, cancellationToken) is not null;
        if (known)
            await RunAsync(["clear", .. Attributes(account)], null, cancellationToken);

        return known;
    }

    /// <inheritdoc/>
    public string Describe(string account) => $"secret service of the desktop, entry '1fichier key of account {account}' (readable by programs of your session while it is unlocked)";

    private string[] Attributes(string account) => ["application", "fichier", "config", owner, "account", account];

    private static bool HasSessionBus() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"))
        || (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && File.Exists(Path.Combine(runtime, "bus")));

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "secret-tool")));

    private static FichierKeyException Refused(string error) => new($"The secret service refused: {error}")
    {
        Remedy = "Unlock the key ring, or give the key by FICHIER_API_KEY_FILE.",
    };

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments, string? input, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var start = new ProcessStartInfo("secret-tool", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, (await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            throw Refused("no answer");
        }
    }
}

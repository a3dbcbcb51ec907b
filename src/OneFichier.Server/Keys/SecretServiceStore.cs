using System.Diagnostics;

namespace OneFichier.Server.Keys;

/// <summary>
/// Secrets in the desktop's secret service (GNOME Keyring, KWallet, KeePassXC), through libsecret's <c>secret-tool</c>.
/// A secret goes through its standard input, never through its arguments.
/// </summary>
/// <param name="owner">Tells apart the secrets of two configurations of one user; the configuration folder.</param>
public sealed class SecretServiceStore(string owner) : ISecretStore
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
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var (code, output, error) = await RunAsync(["lookup", .. Attributes(name)], null, cancellationToken);
        return code == 0 && output.Length > 0 ? output
            : error.Length == 0 ? null
            : throw Refused(error);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(string name, string secret, CancellationToken cancellationToken)
    {
        var label = $"--label={Label(name)}";
        var (code, _, error) = await RunAsync(["store", label, .. Attributes(name)], secret, cancellationToken);
        if (code != 0)
            throw Refused(error);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var known = await FindAsync(name, cancellationToken) is not null;
        if (known)
            await RunAsync(["clear", .. Attributes(name)], null, cancellationToken);

        return known;
    }

    /// <inheritdoc/>
    public string Describe(string name) => $"secret service of the desktop, entry '{Label(name)}' (readable by programs of your session while it is unlocked)";

    private static string Label(string name) => name.Contains('.', StringComparison.Ordinal) ? $"fichier secret {name}" : $"1fichier key of account {name}";

    private string[] Attributes(string name) => ["application", "fichier", "config", owner, "account", name];

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

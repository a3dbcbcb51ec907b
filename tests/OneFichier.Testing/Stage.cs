using OneFichier.Sandbox;

namespace OneFichier.Testing;

/// <summary>A sandbox and a client of it, on one fast clock, with a folder that is removed at the end.</summary>
public sealed class Stage : IAsyncDisposable
{
    private Stage(SandboxServer server, FastTime time, FichierOptions options, HttpClient? http)
    {
        (Server, Time, Options) = (server, time, options);
        Client = new FichierClient(options, http);
    }

    /// <summary>The sandbox.</summary>
    public SandboxServer Server { get; }

    /// <summary>The hand behind the scenes.</summary>
    public SandboxControl Control => Server.Control;

    /// <summary>The clock of both.</summary>
    public FastTime Time { get; }

    /// <summary>What the client was made with.</summary>
    public FichierOptions Options { get; }

    /// <summary>The client, with the sandbox's default key.</summary>
    public FichierClient Client { get; }

    /// <summary>A folder of its own for files on disk.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>Starts both. Limits of the sandbox are off unless set; those of the client are in force, on the fast clock.</summary>
    /// <param name="sandbox">How the sandbox differs from its default.</param>
    /// <param name="client">How the client's options differ.</param>
    /// <param name="http">Connections for the client, made for the sandbox's address.</param>
    /// <param name="factor">How fast the clock runs.</param>
    public static async Task<Stage> StartAsync(
        Func<SandboxOptions, SandboxOptions>? sandbox = null, Func<FichierOptions, FichierOptions>? client = null, HttpClient? http = null, double factor = 100)
    {
        var time = new FastTime(factor);
        var played = new SandboxOptions { Time = time };
        var server = await SandboxServer.StartAsync(sandbox?.Invoke(played) ?? played);
        var options = OptionsFor(server.ApiBase, time);
        return new Stage(server, time, client?.Invoke(options) ?? options, http);
    }

    /// <summary>As <see cref="StartAsync(Func{SandboxOptions, SandboxOptions}?, Func{FichierOptions, FichierOptions}?, HttpClient?, double)"/>, with doubtful points played otherwise.</summary>
    public static Task<Stage> StartAsync(SandboxBehaviours behaviours) => StartAsync(o => o with { Behaviours = behaviours });

    /// <summary>Options for a service at an address, whose own time limits do not strike on a fast clock, even if it is ten thousand times as fast and the machine stands still for minutes.</summary>
    public static FichierOptions OptionsFor(Uri apiBase, TimeProvider time) => new()
    {
        Key = ApiKey.Parse(SandboxOptions.DefaultKey),
        ApiBase = apiBase,
        Time = time,
        MaxWait = TimeSpan.FromDays(40),
        CallTimeout = TimeSpan.FromDays(40),
        StallTimeout = TimeSpan.FromDays(40),
    };

    /// <summary>Another client of the same sandbox; the caller disposes of it.</summary>
    public FichierClient Another(Func<FichierOptions, FichierOptions>? change = null, HttpClient? http = null) => new(change?.Invoke(Options) ?? Options, http);

    /// <summary>The sandbox's log of one endpoint.</summary>
    public IReadOnlyList<LoggedRequest> Asked(string endpoint) => [.. Control.Requests.Where(r => r.Endpoint == endpoint)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OneFichier.Sandbox.Control;
using OneFichier.Sandbox.Faults;
using OneFichier.Sandbox.Network;

namespace OneFichier.Sandbox;

/// <summary>1fichier, played on this machine. Needs OpenSSL 3's libcrypto with its legacy provider.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly World world;
    private readonly Listeners listeners;

    private SandboxServer(WebApplication application, World world, Listeners listeners, SandboxControl control)
    {
        this.application = application;
        this.world = world;
        this.listeners = listeners;
        Control = control;
    }

    /// <summary>Where it serves plain HTTP: API, nodes, downloads and pages alike.</summary>
    public Uri Origin => new(listeners.Plain, UriKind.Absolute);

    /// <summary>The API's base: <see cref="Origin"/> and <c>/v1</c>.</summary>
    public Uri ApiBase => new(Origin, "/v1");

    /// <summary>The CONNECT proxy to give to unmodified programs as HTTPS_PROXY; null unless <see cref="SandboxOptions.Tls"/>.</summary>
    public Uri? Proxy => listeners.Proxy is { } proxy ? new Uri(proxy) : null;

    /// <summary>Where HTTPS is served directly; null unless <see cref="SandboxOptions.Tls"/>.</summary>
    public Uri? TlsOrigin => listeners.Tls is { } tls ? new Uri(tls) : null;

    /// <summary>The CA that signs the service's names here; null unless <see cref="SandboxOptions.Tls"/>.</summary>
    public string? CaCertificatePem => listeners.Authority?.Pem;

    /// <summary>The hand behind the scenes.</summary>
    public SandboxControl Control { get; }

    /// <summary>Starts a sandbox and returns when it answers.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">Another sandbox has the data folder, or a port is taken.</exception>
    /// <exception cref="PlatformNotSupportedException">libcrypto or its legacy provider is missing.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken ct = default)
    {
        options ??= new SandboxOptions();
        options.Validate();
        new Storage.WhirlpoolHash().Dispose();
        var state = new World(options);
        var dice = new FaultDice();
        var control = new SandboxControl(state, dice);
        var doors = new Listeners(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(doors.Configure);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        var server = builder.Build();
        server.Run(new Front(state, dice, new ControlFront(control)).HandleAsync);
        try
        {
            await server.StartAsync(ct);
        }
        catch
        {
            await server.DisposeAsync();
            state.Dispose();
            doors.Dispose();
            throw;
        }

        doors.Bound(server.Urls);
        return new SandboxServer(server, state, doors, control);
    }

    /// <summary>Stops serving, cutting what is still running. A data folder keeps everything.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
        world.Dispose();
        listeners.Dispose();
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneFichier.Gateways;

namespace OneFichier.Server;

/// <summary>Faces on one Kestrel, each behind the guard.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private static readonly GatewayError NoFace = new(StatusCodes.Status404NotFound, "There is nothing here.");

    private readonly WebApplication _application;
    private readonly GatewayHostOptions _options;

    private GatewayHost(WebApplication application, GatewayHostOptions options)
    {
        (_application, _options) = (application, options);
        Url = new Uri(application.Urls.Single(), UriKind.Absolute);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Where a face answers.</summary>
    public Uri UrlOf(GatewayFace face)
    {
        ArgumentNullException.ThrowIfNull(face);
        return _options.Faces.Count == 1 ? Url : new Uri(Url, face.Name + "/");
    }

    /// <summary>Starts a host and returns when it answers.</summary>
    /// <exception cref="IOException">The address is taken or is none of this machine.</exception>
    public static async Task<GatewayHost> StartAsync(GatewayHostOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Faces.Count, nameof(options));
        var application = Build(options);
        try
        {
            Map(application, options);
            await application.StartAsync(cancellationToken);
            return new GatewayHost(application, options);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no more requests, lets those under way end within <see cref="GatewayHostOptions.StopPatience"/>, and cuts the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(_options.StopPatience, _options.Time);
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    private static WebApplication Build(GatewayHostOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        if (options.Logs is { } logs)
            builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            options.Limits.Apply(server);
            server.Listen(options.Listen, endpoint =>
            {
                endpoint.Protocols = options.Certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (options.Certificate is { } certificate)
                    endpoint.UseHttps(certificate);
            });
        });
        return builder.Build();
    }

    private static void Map(WebApplication application, GatewayHostOptions options)
    {
        var guard = new GuardOptions(options.Gatekeeper) { HostNames = options.HostNames, Time = options.Time, Logger = options.Logs?.CreateLogger("OneFichier.Gateways") ?? NullLogger.Instance };
        foreach (var face in options.Faces)
        {
            if (options.Faces.Count == 1)
                Behind(application, face, guard);
            else
                application.Map("/" + face.Name, branch => Behind(branch, face, guard));
        }

        application.Run(context => GatewayErrors.WriteAsync(context, NoFace));
    }

    private static void Behind(IApplicationBuilder app, GatewayFace face, GuardOptions guard)
    {
        if (face.Errors is { } form)
        {
            app.Use((context, next) =>
            {
                context.Features.Set(form);
                return next(context);
            });
        }

        app.UseGatewayGuard(face.Name, guard with { Fleeting = face.Fleeting });
        face.Map(app);
        app.Run(context => GatewayErrors.WriteAsync(context, NoFace));
    }

    /// <summary>The program that starts the host says when it ends, not the host's own view of signals.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using OneFichier.Drive;
using OneFichier.Server;

namespace OneFichier.Gateways.Tests.Kit;

/// <summary>A face on a free port of this machine, and a client that is let in.</summary>
public sealed class GatewayStage : IAsyncDisposable
{
    private GatewayStage(GatewayHost host, GatewayFace face)
    {
        (Host, Url) = (host, host.UrlOf(face));
        Client = NewClient();
        Client.DefaultRequestHeaders.Authorization = Basic(User, Secret);
    }

    public GatewayHost Host { get; }

    /// <summary>Where the face answers; ends with a slash.</summary>
    public Uri Url { get; }

    /// <summary>Sends the right user and secret; its base address is <see cref="Url"/>.</summary>
    public HttpClient Client { get; }

    /// <summary>For programs: user and secret, as they are and as a header.</summary>
    public string User => OneCaller.User;

    public string Secret => OneCaller.Secret;

    public string Authorization => Basic(User, Secret).ToString();

    /// <summary>Serves a volume by a face: <c>await GatewayStage.StartAsync(volume, app => app.UseWebDav())</c>.</summary>
    public static Task<GatewayStage> StartAsync(IVolume volume, Action<IApplicationBuilder> face, Func<GatewayHostOptions, GatewayHostOptions>? change = null) =>
        StartAsync(new OneCaller(volume), new GatewayFace("test", face), change);

    public static async Task<GatewayStage> StartAsync(IGatekeeper gatekeeper, GatewayFace face, Func<GatewayHostOptions, GatewayHostOptions>? change = null)
    {
        var options = new GatewayHostOptions { Gatekeeper = gatekeeper, Faces = [face], StopPatience = TimeSpan.FromMinutes(5) };
        return new GatewayStage(await GatewayHost.StartAsync(change?.Invoke(options) ?? options), face);
    }

    public static AuthenticationHeaderValue Basic(string user, string secret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));

    /// <summary>A client without credentials.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }, disposeHandler: true) { BaseAddress = Url };

    /// <summary>Sends bytes as they stand and gives what comes back until the server closes; <c>{host}</c> and <c>{auth}</c> are filled in.</summary>
    public Task<string> RawAsync(string request, CancellationToken cancellationToken = default) => RawExchange.SendAsync(Url, Fill(request), cancellationToken);

    public string Fill(string request) => request.Replace("{host}", Url.Authority, StringComparison.Ordinal).Replace("{auth}", Authorization, StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}

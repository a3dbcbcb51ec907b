using System.Net;
using System.Text;
using OneFichier.Drive;
using OneFichier.Gateways.Http;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>The HTTP face over a volume, on a clock that stands still, and short words for requests.</summary>
internal sealed class HttpStage : IAsyncDisposable
{
    /// <summary>When <c>a.txt</c> was changed: a month before the clock of the face.</summary>
    public static readonly DateTimeOffset Changed = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);

    private HttpStage(GatewayStage gateway, IVolume volume) => (Gateway, Volume) = (gateway, volume);

    public GatewayStage Gateway { get; }

    public IVolume Volume { get; }

    public Uri Url => Gateway.Url;

    public static async Task<HttpStage> StartAsync(IVolume? volume = null, Func<HttpFaceOptions, HttpFaceOptions>? change = null)
    {
        volume ??= new MemoryVolume(new ManualTime());
        var options = new HttpFaceOptions { Time = new ManualTime() };
        return new HttpStage(await GatewayStage.StartAsync(volume, app => app.MapHttpFiles(change?.Invoke(options) ?? options)), volume);
    }

    /// <summary>With the file <c>a.txt</c>, which holds <c>0123456789</c>.</summary>
    public static async Task<HttpStage> WithDigitsAsync(DateTimeOffset? changed = null)
    {
        var stage = await StartAsync();
        await stage.PutAsync("a.txt", "0123456789", changed ?? Changed);
        return stage;
    }

    public async Task PutAsync(string path, string content, DateTimeOffset? changed = null)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var file = new NewFile(VolumePath.Parse(path), bytes.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes))) { ModTime = changed ?? Changed };
        Assert.Null((await Volume.PutAsync([file]))[0].Error);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Gateway.Client.SendAsync(request);
    }

    public async Task<(int Status, string Body)> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync("GET", path, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, headers);
        return response.StatusCode;
    }

    public async Task<string> TagAsync(string path)
    {
        using var head = await SendAsync("HEAD", path);
        return head.Headers.ETag!.ToString();
    }

    /// <summary>The address of a file that stays, as the listing of its folder tells it.</summary>
    public async Task<string> StableUrlAsync(string folder, string name)
    {
        using var listing = System.Text.Json.JsonDocument.Parse((await GetAsync(folder + "?format=json")).Body);
        return listing.RootElement.GetProperty("entries").EnumerateArray().Single(e => e.GetProperty("name").GetString() == name).GetProperty("url").GetString()!;
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}

using System.Net;
using System.Text;
using System.Xml.Linq;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Gateways.WebDav;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>The WebDAV face over a volume, and short words for its methods.</summary>
internal sealed class DavStage : IAsyncDisposable
{
    private readonly GatewayStage _stage;

    private DavStage(GatewayStage stage, IVolume volume) => (_stage, Volume) = (stage, volume);

    public IVolume Volume { get; }

    public GatewayStage Gateway => _stage;

    public Uri Url => _stage.Url;

    public HttpClient Client => _stage.Client;

    public static async Task<DavStage> StartAsync(IVolume? volume = null, WebDavOptions? options = null)
    {
        volume ??= new MemoryVolume();
        return new DavStage(await GatewayStage.StartAsync(volume, app => app.MapWebDav(options)), volume);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, body, headers);
        return response.StatusCode;
    }

    public async Task<(HttpStatusCode Status, XElement Body)> XmlAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, body, headers);
        return (response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync(), LoadOptions.PreserveWhitespace));
    }

    /// <summary>Takes an exclusive lock and gives its token.</summary>
    public async Task<string> LockAsync(string path, string depth = "infinity", string scope = "exclusive", string timeout = "Second-600")
    {
        using var response = await SendAsync("LOCK", path, Lock(scope), ("Depth", depth), ("Timeout", timeout));
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return response.Headers.GetValues("Lock-Token").Single().Trim('<', '>');
    }

    public static string Lock(string scope) =>
        $"<D:lockinfo xmlns:D=\"DAV:\"><D:lockscope><D:{scope}/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner><D:href>mailto:a@b</D:href></D:owner></D:lockinfo>";

    public async Task PutAsync(string path, string content, DateTimeOffset? changed = null)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var file = new NewFile(VolumePath.Parse(path), bytes.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes))) { ModTime = changed };
        Assert.Null((await Volume.PutAsync([file]))[0].Error);
    }

    public async Task<string?> ReadAsync(string path)
    {
        if (await Volume.FindAsync(VolumePath.Parse(path)) is not { IsFolder: false })
            return null;
        using var reader = new StreamReader(await Volume.OpenAsync(VolumePath.Parse(path)));
        return await reader.ReadToEndAsync();
    }

    public Task<string> RawAsync(string request) => _stage.RawAsync(request);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();
}

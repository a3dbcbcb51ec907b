using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive;
using OneFichier.Gateways.Restic;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests.Restic;

/// <summary>The restic face over a volume, and short words for what is asked of it.</summary>
internal sealed class ResticStage : IAsyncDisposable
{
    private const string Version2 = "application/vnd.x.restic.rest.v2";

    private ResticStage(GatewayStage stage, IVolume volume) => (Gateway, Volume) = (stage, volume);

    public GatewayStage Gateway { get; }

    public IVolume Volume { get; }

    public HttpClient Client => Gateway.Client;

    /// <summary>Serves a volume in which there is an empty repository at the root.</summary>
    public static async Task<ResticStage> StartAsync(ResticOptions? options = null, IVolume? volume = null)
    {
        volume ??= new MemoryVolume();
        return new ResticStage(await GatewayStage.StartAsync(volume, app => app.MapRestic(options)), volume);
    }

    /// <summary>Where restic finds a repository, sign-in included.</summary>
    public string RepositoryAt(string path) => $"rest:http://{Gateway.User}:{Gateway.Secret}@{Gateway.Url.Authority}/{path}";

    public static string NameOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public async Task<HttpStatusCode> PostAsync(string address, string content)
    {
        using var answer = await Client.PostAsync(address, new ByteArrayContent(Encoding.UTF8.GetBytes(content)));
        return answer.StatusCode;
    }

    /// <summary>Stores an object under its right name, and gives that.</summary>
    public async Task<string> StoreAsync(string folder, string content)
    {
        var name = NameOf(content);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(folder + name, content));
        return name;
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string address, string? range = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (range is not null)
            request.Headers.TryAddWithoutValidation("Range", range);
        return await Client.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string address)
    {
        using var answer = await SendAsync(method, address);
        return answer.StatusCode;
    }

    /// <summary>The names and sizes of a type, by version 2 of the protocol.</summary>
    public async Task<string> ListAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(Version2));
        using var answer = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Version2, answer.Content.Headers.ContentType!.ToString());
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Every file of the volume.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync()
    {
        var files = new List<string>();
        await foreach (var (_, contents) in Volume.WalkAsync(VolumePath.Root))
            files.AddRange(contents.Entries.Where(e => !e.IsFolder).Select(e => e.Path.ToString()));
        return files;
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}

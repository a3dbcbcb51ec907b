using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OneFichier.Drive;
using OneFichier.Gateways.Rest;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Rest;

/// <summary>The REST face over a volume, and short words for its calls.</summary>
internal sealed class RestStage : IAsyncDisposable
{
    private RestStage(GatewayStage gateway, IVolume volume) => (Gateway, Volume) = (gateway, volume);

    public GatewayStage Gateway { get; }

    public IVolume Volume { get; }

    public Uri Url => Gateway.Url;

    public static async Task<RestStage> StartAsync(IVolume? volume = null, Func<RestOptions, RestOptions>? change = null)
    {
        volume ??= new MemoryVolume(new ManualTime());
        var options = new RestOptions { Time = new ManualTime() };
        return new RestStage(await GatewayStage.StartAsync(new OneCaller(volume), RestGateway.Face(change?.Invoke(options) ?? options)), volume);
    }

    public static async Task<RestStage> WithFilesAsync(params string[] paths)
    {
        var stage = await StartAsync();
        foreach (var path in paths)
            await stage.PutAsync(path, path);
        return stage;
    }

    public async Task PutAsync(string path, string content) => Assert.Null((await Volume.PutAsync([Plain.New(path, content)]))[0].Error);

    public async Task<string?> ReadAsync(string path)
    {
        if (await Volume.FindAsync(VolumePath.Parse(path)) is not { IsFolder: false })
            return null;
        using var reader = new StreamReader(await Volume.OpenAsync(VolumePath.Parse(path)));
        return await reader.ReadToEndAsync();
    }

    /// <summary>All files, in the order of their paths.</summary>
    public async Task<string> TreeAsync()
    {
        var paths = new List<string>();
        await foreach (var (_, contents) in Volume.WalkAsync(VolumePath.Root))
            paths.AddRange(contents.Entries.Where(e => !e.IsFolder).Select(e => e.Path.ToString()));
        return string.Join(' ', paths.Order(StringComparer.Ordinal));
    }

    public Task<Answer> GetAsync(string call) => SendAsync(HttpMethod.Get, call, null);

    public Task<Answer> FormAsync(string call, params (string Name, string Value)[] values) =>
        SendAsync(HttpMethod.Post, call, new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value))));

    public Task<Answer> JsonAsync(string call, string body) => SendAsync(HttpMethod.Post, call, new StringContent(body, Encoding.UTF8, "application/json"));

    public Task<Answer> UploadAsync(string query, params (string Name, string FileName, string Content)[] files)
    {
        var form = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        foreach (var (name, fileName, content) in files)
        {
            var part = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{name}\"; filename=\"{fileName}\"");
            form.Add(part);
        }

        return SendAsync(HttpMethod.Post, "upload.cgi" + query, form);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string call, HttpContent? content)
    {
        using var client = Gateway.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Gateway.Secret);
        using var request = new HttpRequestMessage(method, call) { Content = content };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default, text);
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}

/// <summary>What a call answered.</summary>
internal sealed record Answer(int Status, JsonElement Json, string Text)
{
    public string this[string name] => Json.GetProperty(name).ToString();

    public IReadOnlyList<JsonElement> List(string name) => [.. Json.GetProperty(name).EnumerateArray()];

    /// <summary>The answer itself, once it is sure that all is done.</summary>
    public Answer Done()
    {
        Assert.Equal((200, "OK"), (Status, this["status"]));
        return this;
    }

    /// <summary>The answer itself, once it is sure that it is a refusal of that status, in words.</summary>
    public Answer Refused(int status)
    {
        Assert.True(status == Status, $"{Status}: {Text}");
        Assert.Equal("KO", this["status"]);
        Assert.NotEqual("", this["message"]);
        return this;
    }
}

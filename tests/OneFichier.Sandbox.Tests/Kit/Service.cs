using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Tests.Kit;

/// <summary>A sandbox and a client that speaks to it in plain HTTP, as a stranger's program would.</summary>
public sealed class Service : IAsyncDisposable
{
    private Service(SandboxServer server)
    {
        Server = server;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Origin };
    }

    public SandboxServer Server { get; }

    public SandboxControl Control => Server.Control;

    public HttpClient Http { get; }

    public string? Key { get; set; } = SandboxOptions.DefaultKey;

    public static async Task<Service> StartAsync(SandboxOptions? options = null) =>
        new(await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken));

    public static Task<Service> StartAsync(SandboxBehaviours behaviours) =>
        StartAsync(new SandboxOptions { Behaviours = behaviours });

    /// <summary>Calls an endpoint and gives the whole response.</summary>
    public Task<HttpResponseMessage> SendAsync(string endpoint, object? body = null, string? key = null, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{endpoint}.cgi")
        {
            Content = new StringContent(body as string ?? (body is null ? "{}" : JsonSerializer.Serialize(body))),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if ((key ?? Key) is { } bearer)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Calls an endpoint and gives its JSON, whatever the status.</summary>
    public async Task<JsonObject> CallAsync(string endpoint, object? body = null, string? key = null)
    {
        using var response = await SendAsync(endpoint, body, key);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
    }

    /// <summary>Calls an endpoint that must refuse, and gives its message.</summary>
    public async Task<string> RefusedAsync(string endpoint, object? body = null, string? key = null)
    {
        var reply = await CallAsync(endpoint, body, key);
        Assert.Equal("KO", (string?)reply["status"]);
        return (string)reply["message"]!;
    }

    /// <summary>A fresh upload address.</summary>
    public async Task<string> UploadAddressAsync()
    {
        var node = await CallAsync("upload/get_upload_server");
        return $"http://{node["url"]}/upload.cgi?id={node["id"]}";
    }

    /// <summary>Posts files the way the service wants them.</summary>
    public async Task<HttpResponseMessage> PostAsync(IEnumerable<(string Name, byte[] Content)> files, long folder = 0)
    {
        var body = new MemoryStream();
        void Line(string text) => body.Write(Encoding.UTF8.GetBytes(text + "\r\n"));
        Line("--frontier");
        Line("Content-Disposition: form-data; name=\"did\"");
        Line("");
        Line(folder.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (name, content) in files)
        {
            Line("--frontier");
            Line($"Content-Disposition: form-data; name=\"file[]\"; filename=\"{name}\"");
            Line("");
            body.Write(content);
            Line("");
        }

        Line("--frontier--");
        return await PostRawAsync(body.ToArray());
    }

    public async Task<HttpResponseMessage> PostRawAsync(byte[] body, string contentType = "multipart/form-data; boundary=frontier")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, await UploadAddressAsync()) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (Key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Uploads and gives end.pl's links.</summary>
    public async Task<JsonArray> UploadAsync(string name, byte[] content, long folder = 0)
    {
        using var response = await PostAsync([(name, content)], folder);
        Assert.Equal(302, (int)response.StatusCode);
        return await ReportAsync(response);
    }

    public async Task<JsonArray> ReportAsync(HttpResponseMessage posted)
    {
        using var report = await EndAsync(posted.Headers.Location!, ("JSON", "1"));
        return JsonNode.Parse(await report.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["links"]!.AsArray();
    }

    public Task<HttpResponseMessage> EndAsync(Uri location, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, location);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A direct download address for a file.</summary>
    public async Task<string> TokenAsync(string url, object? body = null) =>
        (string)(await CallAsync("download/get_token", body ?? new { url }))["url"]!;

    public async Task<HttpResponseMessage> GetAsync(string url, string? range = null, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, url);
        if (range is not null)
            request.Headers.TryAddWithoutValidation("Range", range);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<string> TextAsync(HttpResponseMessage response) =>
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}

using System.Net;
using System.Text;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Gateways.WebDav;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>Several callers on one tree, each with its own view of it.</summary>
public sealed class SessionTests
{
    private const string Update = "<propertyupdate xmlns=\"DAV:\"><set><prop><n xmlns=\"urn:x\">1</n></prop></set></propertyupdate>";

    [Fact]
    public async Task A_lock_means_the_same_file_to_all_whatever_they_call_it()
    {
        await using var stage = await StartAsync();
        var token = await TokenAsync(stage, "owner", "media/a.txt");

        Assert.Equal(HttpStatusCode.Locked, await SendAsync(stage, "scoped", "PUT", "a.txt"));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(stage, "owner", "PUT", "a.txt"));
        Assert.Equal(HttpStatusCode.Locked, await SendAsync(stage, "scoped", "PUT", "a.txt", ("If", $"(<{token}>)")));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(stage, "scoped", "UNLOCK", "a.txt", ("Lock-Token", $"<{token}>")));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(stage, "owner", "PUT", "media/a.txt", ("If", $"(<{token}>)")));
    }

    [Fact]
    public async Task A_lock_above_what_one_sees_holds_and_does_not_say_where_it_was_taken()
    {
        await using var stage = await StartAsync();
        await TokenAsync(stage, "owner", "");
        using var refused = await RequestAsync(stage, "scoped", "PUT", "a.txt");
        Assert.Equal(HttpStatusCode.Locked, refused.StatusCode);
        Assert.Contains("href>/</", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Properties_belong_to_the_file_and_not_to_the_name_one_has_for_it()
    {
        await using var stage = await StartAsync();
        using (var set = await RequestAsync(stage, "owner", "PROPPATCH", "media/a.txt", Update))
            Assert.Equal(HttpStatusCode.MultiStatus, set.StatusCode);
        using var seen = await RequestAsync(stage, "scoped", "PROPFIND", "a.txt", null, ("Depth", "0"));
        Assert.Contains("urn:x", await seen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await SendAsync(stage, "owner", "PUT", "a.txt");
        using var other = await RequestAsync(stage, "owner", "PROPFIND", "a.txt", null, ("Depth", "0"));
        Assert.DoesNotContain("urn:x", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_change_anything_can_neither_lock_nor_leave_properties()
    {
        await using var stage = await StartAsync();
        using var locked = await RequestAsync(stage, "reader", "LOCK", "media/a.txt", DavStage.Lock("shared"));
        using var patched = await RequestAsync(stage, "reader", "PROPPATCH", "media/a.txt", Update);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (locked.StatusCode, patched.StatusCode));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(stage, "reader", "GET", "media/a.txt"));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(stage, "owner", "PUT", "media/a.txt"));
    }

    private static async Task<GatewayStage> StartAsync()
    {
        var whole = new MemoryVolume();
        var bytes = "content"u8.ToArray();
        await whole.PutAsync([new NewFile(VolumePath.Parse("media/a.txt"), bytes.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes)))]);
        return await GatewayStage.StartAsync(new Callers(whole), new GatewayFace("webdav", app => app.MapWebDav()));
    }

    private static async Task<string> TokenAsync(GatewayStage stage, string user, string path)
    {
        using var response = await RequestAsync(stage, user, "LOCK", path, DavStage.Lock("exclusive"));
        return response.Headers.GetValues("Lock-Token").Single().Trim('<', '>');
    }

    private static async Task<HttpStatusCode> SendAsync(GatewayStage stage, string user, string method, string path, params (string, string)[] headers)
    {
        using var response = await RequestAsync(stage, user, method, path, null, headers);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> RequestAsync(GatewayStage stage, string user, string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var client = stage.NewClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.Authorization = GatewayStage.Basic(user, "any");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    /// <summary>Lets in an owner of everything, somebody who sees one folder, and somebody who may only read.</summary>
    private sealed class Callers(IVolume whole) : IGatekeeper
    {
        public ValueTask<Admission> AdmitAsync(LoginAttempt attempt, CancellationToken cancellationToken = default) => ValueTask.FromResult(attempt.User switch
        {
            "scoped" => Admission.Of(new Session("scoped", new SubVolume(whole, VolumePath.Parse("media")), VolumePath.Parse("media"), true)),
            "reader" => Admission.Of(new Session("reader", whole, VolumePath.Root, false)),
            "owner" => Admission.Of(new Session("owner", whole, VolumePath.Root, true)),
            _ => Admission.Unknown,
        });
    }

    private sealed record Session(string User, IVolume Volume, VolumePath Root, bool MayChange) : IGatewaySession;
}

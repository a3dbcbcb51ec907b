using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Server;
using OneFichier.Server.Audit;
using OneFichier.Server.Tokens;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Kit;

/// <summary>The whole door as the program sets it up, tokens, meters and audit log in a folder of its own, with a plain face behind it.</summary>
public sealed class Door : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly AuditLog _log;
    private GatewayStage _stage = null!;

    private Door() => (Tokens, Meters, _log) = (new TokenStore(_folder.Path, Time), new TokenMeters(_folder["usage"], TimeProvider.System), new AuditLog(_folder["audit"], TimeProvider.System));

    public ManualTime Time { get; } = new();

    public MemoryVolume Volume { get; } = new();

    public TokenStore Tokens { get; }

    public TokenMeters Meters { get; }

    public LogKeeper Logs { get; } = new();

    public GatewayStage Stage => _stage;

    /// <summary>Opens it, with files <c>/media/film</c> and <c>/secret</c> behind it.</summary>
    public static async Task<Door> OpenAsync(Func<ServedTree, ServedTree>? tree = null, Func<GatewayHostOptions, GatewayHostOptions>? change = null, GatewayFace? face = null)
    {
        var door = new Door();
        await door.Volume.PutAsync([Plain.New("media/film", "0123456789"), Plain.New("secret", "hidden")]);
        var served = new ServedTree(door.Volume) { Remote = "1f" };
        var gatekeeper = new TokenGatekeeper(new GatekeeperOptions(tree?.Invoke(served) ?? served, door.Tokens, door.Meters, door._log) { Time = door.Time, Logger = door.Logs });
        door._stage = await GatewayStage.StartAsync(gatekeeper, face ?? new GatewayFace("plain", Plain.Map), change);
        return door;
    }

    public Task<IssuedToken> IssueAsync(AccessScope? scope = null, string? user = null) => Tokens.IssueAsync(new TokenRequest(scope ?? new AccessScope()) { User = user });

    public async Task<int> StatusAsync(string user, string secret, string path = "media/film", string method = "GET")
    {
        using var answer = await SendAsync(user, secret, path, method);
        return (int)answer.StatusCode;
    }

    public async Task<HttpResponseMessage> SendAsync(string user, string secret, string path = "media/film", string method = "GET", string? body = null)
    {
        using var client = Stage.NewClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body) };
        request.Headers.Authorization = user.Length == 0 ? new("Bearer", secret) : GatewayStage.Basic(user, secret);
        return await client.SendAsync(request);
    }

    public async Task<IReadOnlyList<string>> RecordsAsync()
    {
        var lines = new List<string>();
        await foreach (var line in new AuditReader(_folder["audit"]).ReadAsync())
        {
            if (line.Verb != "begin")
                lines.Add($"{line.User ?? "-"} {line.Verb} {line.Path} {line.Outcome}{(line.Reason is null ? "" : ": " + line.Reason)}");
        }

        return lines;
    }

    /// <summary>Everything that was written anywhere, to look for what must not be.</summary>
    public string AllThatWasWritten() =>
        string.Concat(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ".lock").Select(File.ReadAllText)) + Logs.Text;

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await Meters.DisposeAsync();
        await _log.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The plainest of faces: GET reads, PUT writes, DELETE removes.</summary>
public static class Plain
{
    public static void Map(IApplicationBuilder app) => app.Run(AnswerAsync);

    public static NewFile New(string path, string text) =>
        new(VolumePath.Parse(path), text.Length, _ => new ValueTask<Stream>(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text))));

    private static async Task AnswerAsync(HttpContext context)
    {
        var (volume, path) = (context.Session().Volume, context.Request.VolumePath());
        if (context.Request.Method == "PUT")
        {
            using var reader = new StreamReader(context.Request.Body);
            Throw(await volume.PutAsync([New(path.ToString(), await reader.ReadToEndAsync())]));
        }
        else if (context.Request.Method == "DELETE")
        {
            Throw(await volume.RemoveAsync([path]));
        }
        else
        {
            await using var stream = await volume.OpenAsync(path);
            await stream.CopyToAsync(context.Response.Body);
        }
    }

    private static void Throw(IReadOnlyList<ItemResult> results)
    {
        if (results[0].Error is { } error)
            throw error;
    }
}

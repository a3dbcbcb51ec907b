using System.Net;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways.Restic;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests.Restic;

/// <summary>Appending only, by the gateway's word or by the token's: nothing is removed or replaced but locks.</summary>
public sealed class ResticAppendTests
{
    [Fact]
    public async Task A_gateway_that_only_appends_removes_locks_and_nothing_else()
    {
        await using var stage = await ResticStage.StartAsync(new ResticOptions { AppendOnly = true });
        await ExerciseAsync(stage.Client);
        Assert.Equal(HttpStatusCode.Forbidden, await stage.StatusAsync("DELETE", "repo/"));
        Assert.Equal(5, (await stage.FilesAsync()).Count);
    }

    [Fact]
    public async Task A_token_that_only_appends_removes_locks_and_nothing_else_and_it_is_on_record()
    {
        await using var door = await Door.OpenAsync(face: ResticGateway.Face());
        var token = await door.IssueAsync(new AccessScope { Level = AccessLevel.Append, Path = VolumePath.Parse("backup") });
        using var client = door.Stage.NewClient();
        client.DefaultRequestHeaders.Authorization = GatewayStage.Basic(token.Token.User, token.Secret);
        await ExerciseAsync(client);
        var records = await door.RecordsAsync();
        Assert.Equal(1, records.Count(r => r.Contains("remove /backup/repo/locks/", StringComparison.Ordinal) && r.EndsWith(" done", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(5, records.Count(r => r.Contains(" remove ", StringComparison.Ordinal) && r.Contains("refused", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.DeleteAsync("repo/")).StatusCode);
        Assert.Equal("content", await client.GetStringAsync($"repo/data/{ResticStage.NameOf("content")}"));
    }

    [Fact]
    public async Task A_token_that_only_appends_removes_nothing_on_another_face()
    {
        await using var door = await Door.OpenAsync();
        var token = await door.IssueAsync(new AccessScope { Level = AccessLevel.Append });
        var path = "locks/" + ResticStage.NameOf("lock");
        await door.Volume.PutAsync([Plain.New(path, "lock")]);
        Assert.Equal(403, await door.StatusAsync(token.Token.User, token.Secret, path, "DELETE"));
        Assert.NotNull(await door.Volume.FindAsync(VolumePath.Parse(path)));
    }

    [Fact]
    public async Task A_token_that_only_reads_changes_nothing_not_even_locks()
    {
        await using var door = await Door.OpenAsync(face: ResticGateway.Face());
        var token = await door.IssueAsync(new AccessScope { Level = AccessLevel.Read });
        var path = "locks/" + ResticStage.NameOf("lock");
        await door.Volume.PutAsync([Plain.New(path, "lock")]);
        Assert.Equal(403, await door.StatusAsync(token.Token.User, token.Secret, path, "DELETE"));
        using var answer = await door.SendAsync(token.Token.User, token.Secret, "locks/" + ResticStage.NameOf("mine"), "POST", "mine");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(200, await door.StatusAsync(token.Token.User, token.Secret, path));
    }

    private static async Task ExerciseAsync(HttpClient client)
    {
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("repo/?create=true", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "repo/config", "config"));
        var name = ResticStage.NameOf("content");
        foreach (var type in new[] { "data", "keys", "index", "snapshots", "locks" })
            Assert.Equal(HttpStatusCode.OK, await PostAsync(client, $"repo/{type}/{name}", "content"));

        foreach (var address in new[] { $"repo/data/{name}", $"repo/keys/{name}", $"repo/index/{name}", $"repo/snapshots/{name}", "repo/config" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await client.DeleteAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, address, "content"));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.DeleteAsync($"repo/locks/{name}")).StatusCode);
        Assert.Equal("[]", await client.GetStringAsync("repo/locks/"));
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string address, string content) =>
        (await client.PostAsync(address, new StringContent(content))).StatusCode;
}

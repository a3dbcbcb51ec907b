using OneFichier.Drive.Index;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Remote;

/// <summary>A process that dies after the service carried out a change and before it was taken down leaves no false memory to the next.</summary>
public sealed class KilledChangesTests : IDisposable
{
    private readonly TempFolder _state = new();

    public void Dispose() => _state.Dispose();

    [Theory]
    [InlineData("copy", "/v1/file/cp.cgi")]
    [InlineData("move", "/v1/file/mv.cgi")]
    [InlineData("rename", "/v1/file/rename.cgi")]
    [InlineData("remove", "/v1/file/rm.cgi")]
    public async Task The_next_process_sees_what_was_done(string change, string endpoint)
    {
        await using var stage = await Stage.SetAsync();
        stage.File("docs/a");
        stage.Folder("other");
        using (var child = ChildProgram.Start("UploadChild", [stage.Service.ApiBase.ToString(), SandboxOptions.DefaultKey, _state.Path, stage.Time.GetUtcNow().ToString("O"), "after " + endpoint, change]))
        {
            Assert.Equal("standing", await child.StandardOutput.ReadLineAsync());
            child.Kill();
            await child.WaitForExitAsync();
        }

        var volume = new RemoteVolume(stage.NewTree(stage.Own(new SqliteListingStore(_state["index.db"], stage.Time))));
        var seen = new List<string>();
        foreach (var folder in (string[])["docs", "other"])
            seen.AddRange((await volume.ListAsync(VolumePath.Parse(folder))).Entries.Select(e => e.Path.ToString()));

        Assert.Equal(stage.Control.Tree().Files.Select(f => f.Path), seen);
    }
}

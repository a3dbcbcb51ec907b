using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>cadaver, the client of the protocol's own people, does a day's work.</summary>
public sealed class CadaverTests
{
    [Fact]
    public async Task A_script_of_ordinary_work_does_what_it_says()
    {
        var cadaver = SystemProgram.Require("cadaver", "cadaver");
        await using var stage = await DavStage.StartAsync();
        using var folder = new TempFolder();
        folder.Write("one.txt", "first"u8);
        File.WriteAllText(folder[".netrc"], $"machine {stage.Url.Host} login {stage.Gateway.User} password {stage.Gateway.Secret}\n");
        const string Script = """
            mkcol work
            cd work
            put one.txt
            copy one.txt two.txt
            move two.txt three.txt
            lock one.txt
            discover one.txt
            put one.txt one.txt
            unlock one.txt
            propset one.txt colour blue
            propget one.txt colour
            get three.txt back.txt
            mkcol sub
            move three.txt sub/
            ls
            rmcol sub
            quit

            """;

        var (_, text) = await SystemProgram.RunAsync(cadaver, [stage.Url.ToString()], folder.Path, Script);

        Assert.DoesNotContain("failed", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("blue", text, StringComparison.Ordinal);
        Assert.Equal("first", File.ReadAllText(folder["back.txt"]));
        Assert.Equal("first", await stage.ReadAsync("work/one.txt"));
        Assert.Equal(["one.txt"], (await stage.Volume.ListAsync(VolumePath.Parse("work"))).Entries.Select(e => e.Name));
    }
}

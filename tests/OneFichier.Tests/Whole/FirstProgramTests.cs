using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Whole;

/// <summary>The program that the guide shows, as it stands there.</summary>
public sealed class FirstProgramTests
{
    [Fact]
    public async Task The_first_program_of_the_guide_uploads_lists_and_gets_a_link()
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        var path = stage.Folder.Write("holiday photo.jpg", Pattern.Bytes(12_345));
        var output = await RunAsync(stage, path);
        var url = stage.Control.Tree().Files.Single().Url;
        Assert.Contains($"holiday photo.jpg is stored, proven by its checksum: {url}", output);
        Assert.Contains("12,345  holiday photo.jpg", output);
        var direct = output.Split(" from ")[^1].Trim();
        using var http = new HttpClient();
        Assert.Equal(Pattern.Bytes(12_345), await http.GetByteArrayAsync(new Uri(direct)));
    }

    [Fact]
    public void The_first_program_of_the_guide_is_at_most_twenty_lines() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Root(), "docs/guide/first-program.cs")).Length, 5, 20);

    private static async Task<string> RunAsync(Stage stage, string path)
    {
        using var child = ChildProgram.Start("FirstProgram", [path], new Dictionary<string, string>
        {
            ["FICHIER_API_KEY"] = SandboxOptions.DefaultKey,
            ["FICHIER_API_BASE"] = stage.Server.ApiBase.AbsoluteUri,
        });
        var output = await child.StandardOutput.ReadToEndAsync();
        var error = await child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, error);
        return output;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "fichier.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}

using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class ScanVerb : ChangeVerb
{
    private readonly ListedArguments _paths;

    public ScanVerb() : base("scan", "Have the service scan files for viruses.")
    {
        Details =
            "The service removes a file in which it finds one; there is no way back. It scans files of less than 5 GB and answers from an earlier scan for six hours.\n"
            + "Costs one request a file. Ends with 6 when a file of several was infected or could not be scanned, with 1 when a lone one was infected.";
        Examples = [new("fichier scan 1f:incoming/setup.exe", "one file"), new("fichier scan --json 1f:incoming", "all below a folder, as events")];
        Exits = [ExitCodes.Failed, ExitCodes.FolderNotFound, ExitCodes.FileNotFound, ExitCodes.SomeFailed, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        _paths = new ListedArguments(this, "PATH", LinkFlags.Meaning);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var paths = _paths.Of(call);
        using var session = new RemoteSession(call);
        var sources = new LinkSources(call, session, (path, e) => TellFailed(call, path, e));
        await sources.CollectAsync(paths, cancellationToken);
        var failed = sources.Failed.ToList();
        foreach (var file in sources.Files)
        {
            try
            {
                await ScanAsync(call, session, file, cancellationToken);
            }
            catch (Exception e) when (ConcernsOne(e) || e is CliException)
            {
                TellFailed(call, file.Path, e);
                failed.Add(e);
            }
        }

        return Conclude(sources.Files.Count + sources.Failed.Count, failed);
    }

    private static async Task ScanAsync(Call call, RemoteSession session, LinkedFile file, CancellationToken cancellationToken)
    {
        if (call.Globals.DryRun)
        {
            Tell(call, "scanned", file.Path, link: file.Link.Url);
            return;
        }

        var tree = await session.TreeAsync(file.Place, cancellationToken);
        var result = await tree.Client.Files.ScanAsync(file.Link, cancellationToken);
        if (!result.Clean)
        {
            if (file is { Place: RemotePlace at, Found.Entry.Path.Parent: var folder })
                tree.Expire(await tree.GetFolderAsync(at.Path with { Path = folder }, Refresh.Never, cancellationToken));
            throw new CliException(ExitCodes.Failed, $"it is infected, and the service has removed it: {Escaping.Visible(result.Message ?? "")}");
        }

        if (call.Screen.Json)
            call.Screen.Event(new ScannedEvent("clean", file.Path, file.Link.Url, result.ScannedAt), JsonShapes.Default.ScannedEvent);
        else
            call.Screen.Line($"clean  {call.Screen.Shown(file.Path)}");
    }
}

internal sealed record ScannedEvent(string Type, string Path, string Link, DateTimeOffset? ScannedAt);

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier index</c>: the memory of listings.</summary>
internal static class IndexVerbs
{
    public static VerbGroup Group() => new("index", "Keep the memory of listings fresh.") { new IndexRefreshVerb() };
}

internal sealed class IndexRefreshVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.Optional();
    private readonly Option<TimeSpan?> _olderThan = Flags.Duration("--older-than", "leave younger listings alone", TimeSpan.FromHours(1));
    private readonly Option<long?> _maxRequests = Flags.Number("--max-requests", "spend no more than so many requests");
    private readonly Option<TimeSpan?> _maxDuration = Flags.Duration("--max-duration", "begin no folder after so long");

    public IndexRefreshVerb() : base("refresh", "List old folders anew, with requests nobody else wants.")
    {
        Details =
            "Folders never listed come first, then the oldest. Whoever else asks the service goes before, so this can run all day; ended at any point, the next\n"
            + "run goes on where it was.";
        Examples = [new("fichier index refresh", "the whole account"), new("fichier index refresh --older-than 1d --max-requests 500 1f:photos", "a part, by and by")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key, ExitCodes.DurationLimit];
        Arguments.Add(_path);
        foreach (var option in (Option[])[_olderThan, _maxRequests, _maxDuration])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = PathArguments.Account(Place.Parse(call.Get(_path)));
        using var session = new RemoteSession(call);
        var tree = await session.TreeAsync(place, cancellationToken);
        var result = await tree.CrawlAsync(
            new CrawlOptions
            {
                Start = place.Path,
                OlderThan = call.Get(_olderThan) ?? TimeSpan.FromHours(1),
                MaxRequests = call.Get(_maxRequests) ?? long.MaxValue,
                MaxDuration = call.Get(_maxDuration) ?? TimeSpan.MaxValue,
                Progress = new Lines(call),
            },
            cancellationToken);
        var (done, failed, left, requests) = result.Progress;
        if (!call.Screen.Json)
            call.Screen.Note($"Listed {done} folders with {requests} requests; {failed} could not be listed, {left} are left.");

        return result.Failure is { } failure && done == 0 ? throw failure : failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private sealed class Lines(Call call) : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value)
        {
            if (call.Screen.Json)
                call.Screen.Event(new CrawlShape("progress", value.Done, value.Failed, value.Left, value.Requests), JsonShapes.Default.CrawlShape);
            else if (call.Screen.ShowsProgress)
                call.Screen.Note($"{value.Done} folders listed, {value.Left} left.");
        }
    }
}

internal sealed record CrawlShape(string Type, int Done, int Failed, int Left, long Requests);

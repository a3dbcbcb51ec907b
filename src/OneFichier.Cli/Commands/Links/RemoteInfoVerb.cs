using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class RemoteInfoVerb : Verb
{
    private readonly Argument<long> _id = new("ID") { Description = "the number of a request, from remote add or remote ls" };

    public RemoteInfoVerb() : base("info", "Show what became of a request for remote upload.")
    {
        Details = "One line for each address: done, failed or waiting, the page link, what the service says. Of addresses only scheme, host and path are shown: the rest may be secret.";
        Examples = [new("fichier remote info 3000000001", "how far it is"), new("fichier remote info 3000000001 --json", "for a program")];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_id);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = await Session.OpenAsync(call, cancellationToken);
        var details = await session.Client.RemoteUploads.GetAsync(call.Get(_id), cancellationToken);
        RemoteResultShape[] results = [.. details.Results.Select(r => new RemoteResultShape(r.Done ? "done" : "failed", Shown(r.Url), r.Link?.Url, Clean(r)))];
        var told = details.Results.Select(r => r.Url).ToHashSet(StringComparer.Ordinal);
        RemoteResultShape[] all = [.. results, .. details.Urls.Where(u => !told.Contains(u)).Select(u => new RemoteResultShape("waiting", Shown(u), null, null))];
        if (call.Screen.Json)
        {
            call.Screen.Document(new RemoteInfoShape(details.Id, details.Requested, details.Executed, all), JsonShapes.Default.RemoteInfoShape);
            return ExitCodes.Done;
        }

        call.Screen.Line($"requested {RemoteLsVerb.Shown(details.Requested)}, executed {RemoteLsVerb.Shown(details.Executed)}");
        foreach (var item in all)
            call.Screen.Line($"{item.State,-7}  {item.Link ?? "-"}  {call.Screen.Shown(item.Url)}{(item.Message is { Length: > 0 } message ? $"  {call.Screen.Shown(message)}" : "")}");

        return ExitCodes.Done;
    }

    private static string Shown(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? new RemoteSource(address).Shown : url.Split('?')[0];

    private static string? Clean(RemoteUploadResult result) =>
        result.Message is { } message && Uri.TryCreate(result.Url, UriKind.Absolute, out var address) ? new RemoteSource(address).Clean(message) : result.Message;
}

internal sealed record RemoteInfoShape(long Id, DateTimeOffset? Requested, DateTimeOffset? Executed, IReadOnlyList<RemoteResultShape> Results);

internal sealed record RemoteResultShape(string State, string Url, string? Link, string? Message);

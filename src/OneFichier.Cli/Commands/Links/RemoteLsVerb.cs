using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class RemoteLsVerb : Verb
{
    public RemoteLsVerb() : base("ls", "List the requests for remote upload that the service remembers.")
    {
        Details = "One a line: number, when it was made, when the service was done with it.";
        Examples = [new("fichier remote ls", "what is going on"), new("fichier remote ls --json", "for a program")];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = await Session.OpenAsync(call, cancellationToken);
        var requests = await session.Client.RemoteUploads.ListAsync(cancellationToken);
        if (call.Screen.Json)
        {
            call.Screen.Document([.. requests.Select(r => new RemoteRequestShape(r.Id, r.Requested, r.Executed))], JsonShapes.Default.RemoteRequestShapeArray);
            return ExitCodes.Done;
        }

        foreach (var request in requests)
            call.Screen.Line($"{request.Id}  {Shown(request.Requested)}  {(request.Executed is null ? "waiting" : Shown(request.Executed))}");

        return ExitCodes.Done;
    }

    public static string Shown(DateTimeOffset? at) => at is { } time ? $"{time:yyyy-MM-dd HH:mm:ss zzz}" : "-";
}

internal sealed record RemoteRequestShape(long Id, DateTimeOffset? Requested, DateTimeOffset? Executed);

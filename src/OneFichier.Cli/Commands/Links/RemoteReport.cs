using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>Tells of remote uploads as they arrive.</summary>
internal sealed class RemoteReport(Call call, RemotePlace place, int sources) : IProgress<RemoteUploadEvent>
{
    private readonly Lock _gate = new();
    private int _settled;

    public CountDisplay Display { get; } = new(call.Screen, call.Time, "files") { Total = sources };

    public List<long> Requests { get; } = [];

    public void Report(RemoteUploadEvent value)
    {
        lock (_gate)
        {
            switch (value)
            {
                case RemoteUploadOrdered order:
                    Requests.Add(order.Request);
                    if (call.Screen.Json)
                        call.Screen.Event(new RemoteOrderEvent("ordered", order.Request, order.Sources.Count), JsonShapes.Default.RemoteOrderEvent);
                    else
                        call.Screen.Note($"Request {order.Request}: {order.Sources.Count} address{(order.Sources.Count == 1 ? "" : "es")}; waiting for the service.");
                    break;
                case RemoteSourceSettled settled:
                    Tell(settled.Outcome);
                    Display.Reach(++_settled);
                    break;
                case RemoteUploadNotice notice:
                    call.Screen.Note(Escaping.Visible(notice.Text));
                    break;
            }
        }
    }

    public void Sum(IReadOnlyList<RemoteSourceOutcome> outcomes)
    {
        var there = outcomes.Where(o => o.Error is null).ToList();
        var sum = new RemoteSummary("summary", there.Count, there.Sum(o => o.Entry?.Size ?? 0), there.Count(o => o.Carried), outcomes.Count - there.Count);
        if (call.Screen.Json)
            call.Screen.Event(sum, JsonShapes.Default.RemoteSummary);
        else
            call.Screen.Note($"{sum.Files} arrived ({Units.Size(sum.Bytes)}), {sum.Carried} of them through this machine, {sum.Failed} failed.");
    }

    private void Tell(RemoteSourceOutcome outcome)
    {
        var source = outcome.Source.Shown;
        if (outcome.Error is { } error)
            ChangeVerb.TellFailed(call, source, error);
        else if (call.Screen.Json)
            call.Screen.Event(Event(outcome, source), JsonShapes.Default.RemoteArrivalEvent);
        else
            call.Screen.Line(call.Screen.Shown(Path(outcome)));
    }

    private RemoteArrivalEvent Event(RemoteSourceOutcome outcome, string source) =>
        new("arrived", source, Path(outcome), outcome.Entry?.Link?.Url, outcome.Entry?.Size, outcome.Entry?.Checksum?.ToString())
        {
            Proof = outcome.Proof.ToString().ToLowerInvariant(),
            Carried = outcome.Carried,
            Request = outcome.Request,
        };

    private string Path(RemoteSourceOutcome outcome)
    {
        var name = outcome.Entry?.Name ?? "";
        return place.Text.EndsWith(':') || place.Text.EndsWith('/') ? place.Text + name : $"{place.Text}/{name}";
    }
}

internal sealed record RemoteOrderEvent(string Type, long Request, int Addresses);

internal sealed record RemoteArrivalEvent(string Type, string Url, string Path, string? Link, long? Size, string? Whirlpool)
{
    public string Proof { get; init; } = "";

    public bool Carried { get; init; }

    public long? Request { get; init; }
}

internal sealed record RemoteSummary(string Type, int Files, long Bytes, int Carried, int Failed);

using System.CommandLine;
using System.Net;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Migration;

namespace OneFichier.Cli.Commands;

internal sealed class MigrateReportVerb : Verb
{
    private readonly Argument<string?> _name = MigrateVerbs.Name();
    private readonly Option<string> _format = Flags.Choice("--format", "for whom", "text", "csv", "json", "html");
    private readonly Option<bool> _failed = Flags.Switch("--failed", "only what is not proven");

    public MigrateReportVerb() : base("report", "Print every file of a migration with its proof: size and checksum here and there.")
    {
        Details = "Addresses are printed without what follows the question mark, which may open what they lead to. text lists what is not proven, and sums the rest up.";
        Examples = [new("fichier migrate report --format csv photos > proof.csv", "for a spreadsheet"), new("fichier migrate report --failed", "what is left, and why")];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_name);
        Options.Add(_format);
        Options.Add(_failed);
        MigrateStore.AddFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        await using var store = await MigrateStore.OpenAsync(call, session, call.Globals.Account, cancellationToken);
        var head = await MigrateStore.FindAsync(store, call.Get(_name), cancellationToken);
        var shape = MigrationShape.Of(head, await store.CountAsync(head.Name, cancellationToken), []);
        var format = call.Screen.Json ? "json" : call.Get(_format)!;
        Begin(call.Screen, format, shape);
        await foreach (var item in store.ItemsAsync(head.Name, cancellationToken))
        {
            if (item.State != MigrationState.Proven || (!call.Get(_failed) && format != "text"))
                Write(call.Screen, format, MigrationItemShape.Of("item", head, item));
        }

        End(call.Screen, format, shape);
        return ExitCodes.Done;
    }

    private static void Begin(Screen screen, string format, MigrationShape shape)
    {
        if (format == "csv")
            screen.Out.Write("source,origin,path,way,state,size,whirlpool,storedSize,storedWhirlpool,proof,link,done,message\r\n");
        else if (format == "html")
            screen.Out.Write(Head(shape));
    }

    private static string Head(MigrationShape shape) => $"""
        <!doctype html>
        <meta charset="utf-8">
        <title>{Html(shape.Name)}</title>
        <style>body{"{"}font-family:sans-serif{"}"} table{"{"}border-collapse:collapse{"}"} td,th{"{"}border:1px solid #ccc;padding:2px 6px;text-align:left{"}"} .sum{"{"}font-family:monospace;font-size:70%;word-break:break-all{"}"}</style>
        <h1>{Html(shape.Name)}</h1>
        <p>{Html(MigrateConclusion.Sentence(shape))}
        <p>From {Html(string.Join(", ", shape.Sources))} to {Html(shape.Target)}, planned {shape.Created:yyyy-MM-dd HH:mm zzz}.
        <table>
        <tr><th>Path<th>Way<th>State<th>Size<th>Whirlpool of the source<th>Whirlpool on the service<th>Proven by<th>Remark

        """;

    private static void Write(Screen screen, string format, MigrationItemShape item)
    {
        var remark = item.Error ?? (item.State == "cannot" ? item.Reason : null);
        switch (format)
        {
            case "json":
                screen.Event(item, JsonShapes.Default.MigrationItemShape);
                break;
            case "csv":
                screen.Out.Write(string.Join(',', new[] { item.Source, item.Origin, item.Path, item.Way, item.State, $"{item.Size}", item.Whirlpool ?? "", $"{item.StoredSize}", item.StoredWhirlpool ?? "", item.Proof ?? "", item.Link ?? "", $"{item.Done:O}", remark ?? "" }.Select(Csv)) + "\r\n");
                break;
            case "html":
                screen.Out.Write($"<tr><td>{Html(item.Path)}<td>{item.Way}<td>{item.State}<td>{item.Size}<td class=sum>{item.Whirlpool}<td class=sum>{item.StoredWhirlpool}<td>{item.Proof}<td>{Html(remark ?? "")}\n");
                break;
            default:
                screen.Line($"{item.State,-8} {screen.Shown(item.Path)}{(remark is null ? "" : $": {screen.Shown(remark)}")}");
                break;
        }
    }

    private static void End(Screen screen, string format, MigrationShape shape)
    {
        if (format == "html")
            screen.Out.Write("</table>\n");
        else if (format == "json")
            screen.Event(shape with { Type = "summary" }, JsonShapes.Default.MigrationShape);
        else if (format == "text")
            screen.Line(MigrateConclusion.Sentence(shape));
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    // RFC 4180: quotes double, and around all that could be taken for something else.
    private static string Csv(string text) => text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}

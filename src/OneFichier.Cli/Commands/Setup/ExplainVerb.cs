using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed partial class ExplainVerb : Verb
{
    private readonly Argument<string[]> _text = new("MESSAGE") { Description = "a message as it was shown, or its number", Arity = ArgumentArity.OneOrMore, HelpName = "NUMBER|TEXT" };

    public ExplainVerb() : base("explain", "Say what a message of the service means, and what to do.")
    {
        Details = "Messages are known by their text; the numbers behind them drift, so a number alone gives what it was seen with.\nA whole line of a log or a whole JSON answer may be pasted.";
        Examples =
        [
            new("fichier explain 374", "what was seen with #374"),
            new("fichier explain 'Flood detected: IP Locked #412'", "a message"),
            new("fichier explain '{\"status\":\"KO\",\"message\":\"No such user #93\"}'", "a whole answer"),
        ];
        Arguments.Add(_text);
    }

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var asked = string.Join(' ', call.Get(_text)).Trim();
        var found = Find(asked);
        if (call.Screen.Json)
            call.Screen.Document(new ExplainShape(asked, [.. found.Select(Shape)]), JsonShapes.Default.ExplainShape);
        else
            Print(call.Screen, asked, found);

        return Task.FromResult(found.Count > 0 ? ExitCodes.Done : ExitCodes.Failed);
    }

    private static IReadOnlyList<ServiceMessage> Find(string asked)
    {
        if (NumberAlone().Match(asked) is { Success: true } match)
            return int.TryParse(match.Groups["number"].Value, out var number) ? [.. ServiceMessages.WithNumber(number)] : [];

        var text = MessageIn(asked);
        return ServiceMessages.Match(text) is { } known ? [known]
            : Numbers().Matches(text) is { Count: > 0 } numbers ? [.. numbers.SelectMany(n => ServiceMessages.WithNumber(int.Parse(n.Groups["number"].ValueSpan))).Distinct()]
            : [];
    }

    private static string MessageIn(string asked)
    {
        var start = asked.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
            return asked;

        try
        {
            using var answer = JsonDocument.Parse(asked[start..(asked.LastIndexOf('}') + 1)]);
            return answer.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : asked;
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            return asked;
        }
    }

    private static ExplanationShape Shape(ServiceMessage message) => new(
        message.Pattern.Trim('*').Replace("*", "…"), JsonNamingPolicy.CamelCase.ConvertName(message.Reaction.ToString()),
        message.Cause, message.Remedy, message.Numbers, message.Pause > TimeSpan.Zero ? (long)message.Pause.TotalSeconds : null);

    private static void Print(Screen screen, string asked, IReadOnlyList<ServiceMessage> found)
    {
        foreach (var message in found.Select(Shape))
        {
            screen.Line($"{message.Message}\n  cause:  {message.Cause}\n  remedy: {message.Remedy}");
            if (message.PauseSeconds is { } pause)
                screen.Line($"  pause:  {Units.Duration(TimeSpan.FromSeconds(pause))} when the service names no time");
        }

        if (found.Count == 0)
            screen.Warn($"'{Escaping.Visible(asked)}' is not known here; the words themselves may say it. Messages are in English or French, numbers drift.");
    }

    [GeneratedRegex(@"^#?(?<number>\d{1,9})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex NumberAlone();

    [GeneratedRegex(@"#(?<number>\d{1,9})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex Numbers();
}

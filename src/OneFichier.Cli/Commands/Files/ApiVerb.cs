using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class ApiVerb : Verb
{
    private static readonly string[] TextFields = ["pass", "name", "rename", "filename", "description", "message", "user"];
    private readonly Argument<string> _endpoint = new("ENDPOINT") { Description = "group and verb, as file/info" };
    private readonly Option<string[]> _fields = Flags.Texts("--field", "KEY=VALUE", "a member of the request; KEY[]=VALUE adds to a list", "-f");
    private readonly Option<string> _input = Flags.Text("--input", "FILE", "the whole request as JSON; - is standard input");

    public ApiVerb() : base("api", "Make any call of the API, politely.")
    {
        Details =
            "The call passes the request budget like all others, and a refusal of the service becomes an exit code. Whole numbers, true, false, null and\n"
            + "JSON lists and objects are sent as such, except in members that are text by nature (pass, name, rename, filename, description); all else is text.";
        Examples =
        [
            new("fichier api file/info -f url=https://1fichier.com/?abcdefghij1234567890", "one file"),
            new("fichier api file/mv -f 'urls[]=https://1fichier.com/?abcdefghij1234567890' -f destination_folder_id=0", "a list with one member"),
            new("echo '{\"folder_id\":0}' | fichier api folder/ls --input -", "the request as JSON"),
        ];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_endpoint);
        Options.Add(_fields);
        Options.Add(_input);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(call, cancellationToken);
        if (call.Globals.DryRun)
        {
            call.Screen.Line(body.ToJsonString());
            return ExitCodes.Done;
        }

        using var session = await Session.OpenAsync(call, cancellationToken);
        using var answer = await AskAsync(session, call.Get(_endpoint), Encoding.UTF8.GetBytes(body.ToJsonString()), cancellationToken);
        call.Screen.Document(answer.RootElement, JsonShapes.Default.JsonElement);
        return ExitCodes.Done;
    }

    private static async Task<JsonDocument> AskAsync(Session session, string endpoint, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            return await session.Client.CallAsync(endpoint, body, cancellationToken);
        }
        catch (ArgumentException e) when (e.ParamName == "endpoint")
        {
            throw CliException.Usage($"Not an endpoint of the API: '{Escaping.Visible(endpoint)}'.", "One looks like file/info.");
        }
    }

    private async Task<JsonObject> BodyAsync(Call call, CancellationToken cancellationToken)
    {
        var body = call.Get(_input) is { Length: > 0 } input ? Parse(await ReadAsync(input, cancellationToken)) : [];
        foreach (var field in call.Get(_fields) ?? [])
            Set(body, field);

        return body;
    }

    private static Task<string> ReadAsync(string input, CancellationToken cancellationToken) =>
        input == "-" ? Console.In.ReadToEndAsync(cancellationToken) : File.ReadAllTextAsync(input, cancellationToken);

    private static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw CliException.Usage("--input: the request is a JSON object.");
        }
        catch (JsonException e)
        {
            throw CliException.Usage($"--input: this is no JSON: {e.Message}");
        }
    }

    private static void Set(JsonObject body, string field)
    {
        var (key, text) = field.Split('=', 2) is [{ Length: > 0 } k, var v] ? (k, v) : throw CliException.Usage($"--field: '{Escaping.Visible(field)}' is not KEY=VALUE.");
        var name = key.EndsWith("[]", StringComparison.Ordinal) ? key[..^2] : key;
        var value = TextFields.Contains(name) ? JsonValue.Create(text) : Literal(text);
        if (name == key)
            body[key] = value;
        else if (body[name] is JsonArray list)
            list.Add(value);
        else
            body[name] = new JsonArray(value);
    }

    private static JsonNode? Literal(string text)
    {
        var isLiteral = text is "true" or "false" or "null" || long.TryParse(text, out _) || text.StartsWith('[') || text.StartsWith('{');
        try
        {
            return isLiteral ? JsonNode.Parse(text) : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace OneFichier.Gateways.Rest;

/// <summary>Reads parameters and files out of a request, within limits.</summary>
internal static class InputReader
{
    private const int Deepest = 8;

    /// <summary>Reads all of it. Files that were taken in belong to <paramref name="files"/> from the moment they are whole.</summary>
    public static async Task<RestInput> ReadAsync(HttpRequest request, (RestState State, RestCall Call) about, List<SentFile> files, CancellationToken cancellationToken)
    {
        var options = about.State.Options;
        var input = new RestInput(options);
        foreach (var (name, values) in request.Query)
        {
            foreach (var value in values)
                input.Add(name, value ?? "");
        }

        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var stated) ? stated : null;
        if (type is { MediaType.Value: "multipart/form-data" } && !HttpMethods.IsGet(request.Method))
            await new FormParts(about, input, files).ReadAsync(request, type, cancellationToken);
        else if (about.Call.TakesFiles && !HttpMethods.IsGet(request.Method))
            files.Add(new SentFile("", await BodySpool.ReceiveAsync(request, about.State.Bodies, cancellationToken: cancellationToken)));
        else if (type?.MediaType.Value is "application/x-www-form-urlencoded")
            await FormAsync(await BodyAsync(request, options, cancellationToken), options, input);
        else if (await BodyAsync(request, options, cancellationToken) is { Length: > 0 } body)
            Json(body, input);
        return input;
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request, RestOptions options, CancellationToken cancellationToken)
    {
        if (request.ContentLength > options.MaxInputBytes)
            throw TooLarge();
        var buffer = new byte[Math.Min(request.ContentLength ?? options.MaxInputBytes, options.MaxInputBytes) + 1];
        var read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read < buffer.Length ? buffer[..read] : throw TooLarge();
    }

    private static async Task FormAsync(byte[] body, RestOptions options, RestInput input)
    {
        try
        {
            using var reader = new FormReader(new MemoryStream(body)) { ValueCountLimit = options.MaxValues, KeyLengthLimit = 2048, ValueLengthLimit = options.MaxInputBytes };
            foreach (var (name, values) in await reader.ReadFormAsync())
            {
                foreach (var value in values)
                    input.Add(name, value ?? "");
            }
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException("The form has too much in it.", StatusCodes.Status413PayloadTooLarge, e);
        }
    }

    private static void Json(byte[] body, RestInput input)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Deepest });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new BadHttpRequestException("The body is a JSON object, a form, or a file.", StatusCodes.Status400BadRequest);
            Members(document.RootElement, input);
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body is no JSON that can be read.", StatusCodes.Status400BadRequest, e);
        }
    }

    /// <summary>An object in a list stands for its members: <c>urls:[{url,filename}]</c> are two lists that go together.</summary>
    private static void Members(JsonElement element, RestInput input)
    {
        foreach (var member in element.EnumerateObject())
            Value(member.Name, member.Value, input);
    }

    private static void Value(string name, JsonElement value, RestInput input)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Value(name, item, input);
                break;
            case JsonValueKind.Object:
                Members(value, input);
                break;
            case JsonValueKind.String:
                input.Add(name, value.GetString()!);
                break;
            case JsonValueKind.Null:
                break;
            default:
                input.Add(name, value.GetRawText());
                break;
        }
    }

    private static BadHttpRequestException TooLarge() => new("The parameters are too large.", StatusCodes.Status413PayloadTooLarge);
}

using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.Rest;

/// <summary>The calls as an OpenAPI 3.1 document, made of the same table that answers them.</summary>
internal static class OpenApi
{
    public static string Of(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.1.0");
            Text(json, "info", ("title", "fichier gateway"), ("version", "1"), ("description", "A simple API over your own drive, behind tokens of your own gateway."));
            json.WriteStartArray("servers");
            Text(json, null, ("url", $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}"));
            json.WriteEndArray();
            json.WriteStartArray("security");
            foreach (var scheme in (string[])["bearer", "basic"])
            {
                json.WriteStartObject();
                json.WriteStartArray(scheme);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("paths");
            foreach (var call in RestCalls.All)
                Call(json, call);
            json.WriteEndObject();
            Components(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Call(Utf8JsonWriter json, RestCall call)
    {
        json.WriteStartObject("/" + call.Path);
        foreach (var method in call.Changes ? (string[])["post"] : ["get", "post"])
        {
            json.WriteStartObject(method);
            json.WriteString("operationId", method + "_" + call.Path.Replace(".cgi", "", StringComparison.Ordinal).Replace('/', '_'));
            json.WriteString("summary", call.Summary);
            if (method == "get")
                Query(json, call.Parameters);
            else if (call.Parameters.Count > 0)
                Body(json, call);
            json.WriteStartObject("responses");
            foreach (var status in (string[])["200", "default"])
            {
                json.WriteStartObject(status);
                json.WriteString("description", status == "200" ? "Done." : "Not done, or not all of it; message says why.");
                json.WriteStartObject("content");
                Reference(json, "application/json", "#/components/schemas/Answer");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Query(Utf8JsonWriter json, IReadOnlyList<RestParameter> parameters)
    {
        json.WriteStartArray("parameters");
        foreach (var parameter in parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("in", "query");
            json.WriteString("description", parameter.Meaning);
            Schema(json, "schema", parameter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Body(Utf8JsonWriter json, RestCall call)
    {
        json.WriteStartObject("requestBody");
        json.WriteStartObject("content");
        foreach (var type in call.TakesFiles ? (string[])["multipart/form-data"] : ["application/json", "application/x-www-form-urlencoded"])
        {
            json.WriteStartObject(type);
            json.WriteStartObject("schema");
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            if (call.TakesFiles)
                Text(json, "file", ("type", "string"), ("format", "binary"), ("description", "a file; any number of parts"));
            foreach (var parameter in call.Parameters)
                Schema(json, parameter.Name, parameter);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Schema(Utf8JsonWriter json, string name, RestParameter parameter)
    {
        json.WriteStartObject(name);
        json.WriteString("description", parameter.Meaning);
        json.WriteString("type", parameter.Many ? "array" : "string");
        if (parameter.Many)
            Text(json, "items", ("type", "string"));
        json.WriteEndObject();
    }

    private static void Components(Utf8JsonWriter json)
    {
        json.WriteStartObject("components");
        json.WriteStartObject("securitySchemes");
        Text(json, "bearer", ("type", "http"), ("scheme", "bearer"));
        Text(json, "basic", ("type", "http"), ("scheme", "basic"));
        json.WriteEndObject();
        json.WriteStartObject("schemas");
        json.WriteStartObject("Answer");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        Text(json, "status", ("type", "string"), ("description", "OK or KO"));
        Text(json, "message", ("type", "string"), ("description", "why it was not done"));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Reference(Utf8JsonWriter json, string type, string target)
    {
        json.WriteStartObject(type);
        Text(json, "schema", ("$ref", target));
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string? name, params IEnumerable<(string Name, string Value)> members)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        foreach (var (member, value) in members)
            json.WriteString(member, value);
        json.WriteEndObject();
    }
}

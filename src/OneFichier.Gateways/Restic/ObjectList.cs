using System.Text.Json;
using System.Text.Json.Serialization;
using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>
/// GET of a type: the names of its objects (version 1), or names and sizes (version 2). It is answered only when all folders were listed whole and anew: to restic, what is not in the list
/// does not exist.
/// </summary>
internal static class ObjectList
{
    private const string Version1 = "application/vnd.x.restic.rest.v1";
    private const string Version2 = "application/vnd.x.restic.rest.v2";

    public static async Task SendAsync(ResticRequest request, CancellationToken cancellationToken)
    {
        var objects = await ReadAsync(request, cancellationToken);
        var isSecond = request.Request.Headers.Accept == Version2;
        var json = isSecond
            ? JsonSerializer.SerializeToUtf8Bytes([.. objects.Select(o => new ListedObject(o.Name, o.Size))], ResticJson.Default.ListedObjectArray)
            : JsonSerializer.SerializeToUtf8Bytes([.. objects.Select(o => o.Name)], ResticJson.Default.StringArray);
        request.Response.ContentType = isSecond ? Version2 : Version1;
        request.Response.ContentLength = json.Length;
        await request.Response.Body.WriteAsync(json, cancellationToken);
    }

    /// <exception cref="PathNotFoundException">There is no such repository. One without a folder for the type has none of its objects.</exception>
    private static async Task<List<Entry>> ReadAsync(ResticRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ObjectWalk.ObjectsAsync(request.Volume, request.Target.Path, request.Target.Type, cancellationToken);
        }
        catch (PathNotFoundException)
        {
            return await request.Volume.FindAsync(request.Target.Repository, cancellationToken) is { IsFolder: true } ? [] : throw request.NotFound();
        }
    }
}

/// <summary>An object in a list of version 2.</summary>
internal sealed record ListedObject(string Name, long Size);

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ListedObject[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ResticJson : JsonSerializerContext;

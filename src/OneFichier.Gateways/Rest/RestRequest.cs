using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

/// <summary>A request that was read, and what every call asks of it.</summary>
internal sealed class RestRequest : IAsyncDisposable
{
    private readonly List<SentFile> _files;

    private RestRequest(HttpContext context, RestState state, RestInput input, List<SentFile> files) =>
        (Context, State, Input, _files, Session) = (context, state, input, files, context.Session());

    public HttpContext Context { get; }

    public RestState State { get; }

    public RestInput Input { get; }

    public IGatewaySession Session { get; }

    public IVolume Volume => Session.Volume;

    public IReadOnlyList<SentFile> Files => _files;

    public static async Task<RestRequest> ReadAsync(HttpContext context, RestState state, RestCall call, CancellationToken cancellationToken)
    {
        List<SentFile> files = [];
        try
        {
            return new RestRequest(context, state, await InputReader.ReadAsync(context.Request, (state, call), files, cancellationToken), files);
        }
        catch
        {
            await DropAsync(files);
            throw;
        }
    }

    /// <summary>An address of this gateway, whole.</summary>
    public string UrlOf(Entry file) => $"{Context.Request.Scheme}://{Context.Request.Host.ToUriComponent()}{State.Links.UrlOf(Context.Request, Session, file)}";

    public RestFile Told(Entry file) => new(file.Name, "/" + file.Path, file.Size, UrlOf(file))
    {
        Id = StableId.Of(file),
        Date = (file.ModTime ?? file.Created) is { } time ? ParisTime.Write(time) : null,
        ContentType = MediaTypes.Of(file),
        Whirlpool = file.Checksum?.ToString(),
    };

    public ValueTask DisposeAsync() => DropAsync(_files);

    private static async ValueTask DropAsync(List<SentFile> files)
    {
        foreach (var file in files)
            await file.Body.DisposeAsync();
    }
}

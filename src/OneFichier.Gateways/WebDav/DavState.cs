namespace OneFichier.Gateways.WebDav;

/// <summary>What outlives a request.</summary>
internal sealed class DavState(WebDavOptions options)
{
    public WebDavOptions Options => options;

    public LockTable Locks { get; } = new(options);

    public PropertyStore Properties { get; } = new(options);

    public PathGates Gates { get; } = new();
}

namespace OneFichier.Gateways.WebDav;

/// <summary>What outlives a request.</summary>
internal sealed class DavState(WebDavOptions options)
{
    public WebDavOptions Options => options;

    public LockTable Locks { get; } = new(options);

    public PropertyStore Properties { get; } = new(options);

    public BodyRoom Bodies { get; } = new(options.SpoolFolder, options.SpoolInMemory);

    public PathGates Gates { get; } = new();
}

namespace OneFichier.Gateways.WebDav;

/// <summary>What outlives a request.</summary>
internal sealed class DavState(WebDavOptions options)
{
    public WebDavOptions Options => options;

    public SpoolPlace Spool { get; } = new(options.SpoolFolder, options.SpoolInMemory);

    public LockTable Locks { get; } = new(options);

    public PropertyStore Properties { get; } = new(options);

    public PathGates Gates { get; } = new();
}

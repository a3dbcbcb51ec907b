using OneFichier.Drive;

namespace OneFichier.Gateways.Strm;

/// <summary>The gateway whose addresses are written.</summary>
internal sealed class StrmGateway
{
    private readonly string _base;

    public StrmGateway(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new ArgumentException("The gateway is an address as http://nas:8080, without a query.", nameof(address));
        _base = address.AbsoluteUri.TrimEnd('/');
        IsPrivate = address.UserInfo.Length > 0;
    }

    /// <summary>Whether the address holds a secret.</summary>
    public bool IsPrivate { get; }

    public string? AddressOf(Entry file) => StableLinks.BelowOf(file) is { } below ? _base + below : null;
}

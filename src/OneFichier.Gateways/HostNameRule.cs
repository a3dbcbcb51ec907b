using System.Net;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways;

/// <summary>
/// A page of a foreign site can make its own name lead to this machine and then read what is served here (DNS rebinding). Its requests carry the foreign name, so only names known to
/// be meant are answered: the address the connection came in on, <c>localhost</c> where that is a loopback one, and the names the owner gave.
/// </summary>
internal sealed class HostNameRule(IEnumerable<string> names)
{
    private static readonly GatewayError Missing = new(StatusCodes.Status400BadRequest, "The request names no host.");
    private static readonly GatewayError Foreign = new(StatusCodes.Status421MisdirectedRequest, "This host is not served here. Its owner can allow a name: --host NAME");

    private readonly HashSet<string> _names = new(names, StringComparer.OrdinalIgnoreCase);

    public GatewayError? Refuses(HttpContext context)
    {
        var host = context.Request.Host;
        return !host.HasValue || host.Host.Length == 0 ? Missing : IsMeant(host.Host, context.Connection.LocalIpAddress) ? null : Foreign;
    }

    private bool IsMeant(string host, IPAddress? here)
    {
        if (_names.Contains(host))
            return true;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return here is null || IPAddress.IsLoopback(here);
        return IPAddress.TryParse(host.Trim('[', ']'), out var literal) && here is not null && Plain(literal).Equals(Plain(here));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
}

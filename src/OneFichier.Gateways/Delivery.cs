using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>How content reaches the client.</summary>
public enum DeliveryMode
{
    /// <summary>By redirect where that is possible and wise (docs/guide/http.md), else through the gateway.</summary>
    Auto,

    /// <summary>By redirect to a direct link of the service wherever there can be one.</summary>
    Redirect,

    /// <summary>Always through the gateway.</summary>
    Proxy,
}

/// <summary>Decides how content is delivered. A caller whose bytes are counted has no direct links at all: its volume offers none.</summary>
internal static class Delivery
{
    /// <summary>The direct links to be used for a file; <see langword="null"/> when it goes through the gateway.</summary>
    public static IDirectLinks? LinksFor(HttpContext context, Entry file, DeliveryMode mode)
    {
        var mayPass = mode switch
        {
            DeliveryMode.Proxy => false,
            DeliveryMode.Redirect => true,
            _ => HttpMethods.IsGet(context.Request.Method) && !IsConditional(context.Request) && IsNear(context),
        };
        return mayPass && context.Session().Volume.Feature<IDirectLinks>() is { } links && links.CanLink(file) ? links : null;
    }

    /// <summary>Whether a client comes from the same network, and so to the service from the same address; two addresses at a time lock an account (1fichier-api §2, #887).</summary>
    public static bool IsNear(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.ContainsKey("Forwarded") || headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Via"))
            return false;
        return context.Connection.RemoteIpAddress is { } address && IsPrivate(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    /// <summary>The service knows nothing of our tags and dates.</summary>
    private static bool IsConditional(HttpRequest request)
    {
        var headers = request.Headers;
        return headers.IfMatch.Count + headers.IfNoneMatch.Count + headers.IfModifiedSince.Count + headers.IfUnmodifiedSince.Count + headers.IfRange.Count > 0;
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
            return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254);
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways;

/// <summary>Asks the gatekeeper about each request, and answers those that are not let in.</summary>
internal sealed class Doorkeeper(string face, GuardOptions options)
{
    private static readonly string[] Challenges = ["Basic realm=\"fichier\", charset=\"UTF-8\"", "Bearer realm=\"fichier\""];
    private static readonly GatewayError Unknown = new(StatusCodes.Status401Unauthorized, "Who are you? User and secret of a token are needed; fichier token issue makes one.");
    private static readonly GatewayError Garbled = new(StatusCodes.Status400BadRequest, "The Authorization header cannot be read.");

    /// <returns>Whether the request goes on; otherwise it is answered.</returns>
    public async Task<bool> AdmitAsync(HttpContext context)
    {
        var attempt = new LoginAttempt(face, From(context)) { Fleeting = options.Fleeting };
        if (!Credentials.TryRead(context.Request.Headers.Authorization, ref attempt))
        {
            await GatewayErrors.WriteAsync(context, Garbled);
            return false;
        }

        var admission = await options.Gatekeeper.AdmitAsync(attempt, context.RequestAborted);
        if (admission.Session is { } session)
        {
            context.Features.Set(session);
            return true;
        }

        var error = admission switch
        {
            { RetryAfter: { } wait } => new GatewayError(StatusCodes.Status429TooManyRequests, "Too many wrong secrets; wait.") { RetryAfter = wait },
            { Refusal: { } reason } => new GatewayError(StatusCodes.Status403Forbidden, reason),
            _ => Unknown,
        };
        if (error == Unknown)
            context.Response.Headers.WWWAuthenticate = Challenges;
        await GatewayErrors.WriteAsync(context, error);
        return false;
    }

    private static IPAddress From(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}

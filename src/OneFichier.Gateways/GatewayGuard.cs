using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>What the guard of a face needs.</summary>
/// <param name="Gatekeeper">Decides who may in.</param>
public sealed record GuardOptions(IGatekeeper Gatekeeper)
{
    /// <summary>Names under which the host is reached, besides localhost and the addresses it listens on.</summary>
    public IReadOnlyCollection<string> HostNames { get; init; } = [];

    /// <summary>As <see cref="GatewayFace.Fleeting"/>, of the face behind it.</summary>
    public Func<VolumePath, bool>? Fleeting { get; init; }

    /// <summary>Which clock is used.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of failures nobody expected.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}

/// <summary>Stands in front of every face, in this order: the framing, the host name, where the page that asks came from, who asks; then the face, whose failures it answers.</summary>
public static class GatewayGuard
{
    /// <summary>Puts the guard before what is mapped after it.</summary>
    /// <param name="app">Where.</param>
    /// <param name="face">The face behind it, as tokens name it.</param>
    /// <param name="options">How.</param>
    public static IApplicationBuilder UseGatewayGuard(this IApplicationBuilder app, string face, GuardOptions options)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentException.ThrowIfNullOrEmpty(face);
        ArgumentNullException.ThrowIfNull(options);
        var hosts = new HostNameRule(options.HostNames);
        var doorkeeper = new Doorkeeper(face, options);
        var notes = new RefusalNotes(face, options);
        return app.Use(next => async context =>
        {
            Harmless(context.Response.Headers);
            try
            {
                if ((FramingRule.Refuses(context) ?? hosts.Refuses(context) ?? CrossSiteRule.Refuses(context.Request)) is { } foreign)
                {
                    notes.Add(context, foreign);
                    await GatewayErrors.WriteAsync(context, foreign);
                }
                else if (await doorkeeper.AdmitAsync(context))
                {
                    await next(Trusted(context));
                }
            }
            catch (Exception e)
            {
                if (e is BadHttpRequestException bad)
                    notes.Add(context, new GatewayError(bad.StatusCode, bad.Message));
                await GatewayErrors.AnswerAsync(context, e, options);
            }
        });
    }

    private static void Harmless(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
    }

    /// <summary>A film that is paused is read by nobody for an hour: who is known may read as slowly as it likes.</summary>
    private static HttpContext Trusted(HttpContext context)
    {
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate && context.Request.Protocol == HttpProtocol.Http11)
            rate.MinDataRate = null;
        return context;
    }
}

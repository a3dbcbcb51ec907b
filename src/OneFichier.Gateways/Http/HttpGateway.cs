using Microsoft.AspNetCore.Builder;

namespace OneFichier.Gateways.Http;

/// <summary>Browsing and downloading over plain HTTP (docs/compliance/http.md).</summary>
public static class HttpGateway
{
    /// <summary>What the face is called in tokens and on the command line.</summary>
    public const string Name = "http";

    /// <summary>Answers every request that comes this far: files by their paths, folders as pages, JSON or playlists, and files by addresses that stay (<c>/f/ID/NAME</c>).</summary>
    /// <param name="app">Where: behind the guard.</param>
    /// <param name="options">How it behaves; default as stated there.</param>
    public static IApplicationBuilder MapHttpFiles(this IApplicationBuilder app, HttpFaceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var face = new HttpFace(options ?? new HttpFaceOptions());
        app.Run(face.AnswerAsync);
        return app;
    }
}

/// <summary>How the HTTP face behaves. Immutable: change a copy by <c>with</c>.</summary>
public sealed record HttpFaceOptions
{
    /// <summary>How <c>/f/ID/NAME</c> is answered; default <see cref="DeliveryMode.Auto"/>. Files by their paths always come through the gateway.</summary>
    public DeliveryMode Mode { get; init; }

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Files a playlist may name; default 10,000. The rest is left out, and the playlist says so.</summary>
    public int MaxPlaylist { get; init; } = 10_000;
}

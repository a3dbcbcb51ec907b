using Microsoft.AspNetCore.Builder;

namespace OneFichier.Gateways.Rest;

/// <summary>A simple API for scripts (docs/guide/rest.md): the calls that guides on the web describe, made real.</summary>
public static class RestGateway
{
    /// <summary>What the face is called in tokens and on the command line.</summary>
    public const string Name = "rest";

    /// <summary>The face, whose failures are JSON, those of the guard too.</summary>
    public static GatewayFace Face(RestOptions? options = null) => new(Name, app => app.MapRest(options)) { Errors = RestFace.Errors };

    /// <summary>Answers every request that comes this far.</summary>
    /// <param name="app">Where: behind the guard.</param>
    /// <param name="options">How it behaves; default as stated there.</param>
    public static IApplicationBuilder MapRest(this IApplicationBuilder app, RestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var face = new RestFace(new RestState(options ?? new RestOptions()));
        app.Run(face.AnswerAsync);
        return app;
    }
}

/// <summary>How the REST face behaves. Immutable: change a copy by <c>with</c>.</summary>
public sealed record RestOptions
{
    /// <summary>What <c>get_token</c> answers and how <c>/f/ID/NAME</c> is served; default <see cref="DeliveryMode.Auto"/>.</summary>
    public DeliveryMode Mode { get; init; }

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where uploads wait on the disk until they are whole; default the system's folder for temporary files. They have no name there and die with the process.</summary>
    public string SpoolFolder { get; init; } = Path.GetTempPath();

    /// <summary>Uploads up to this many bytes wait in memory instead; default 64 KiB.</summary>
    public int SpoolInMemory { get; init; } = 64 << 10;

    /// <summary>Files one request may send; default 500, as many as the service takes. One more is answered with 413.</summary>
    public int MaxFiles { get; init; } = 500;

    /// <summary>Bytes all parameters of a request may have; default 1 MiB. More is answered with 413.</summary>
    public int MaxInputBytes { get; init; } = 1 << 20;

    /// <summary>Values all parameters of a request may have; default 5,000. One more is answered with 413.</summary>
    public int MaxValues { get; init; } = 5_000;
}

/// <summary>What outlives a request.</summary>
internal sealed class RestState(RestOptions options)
{
    public RestOptions Options => options;

    public BodyRoom Bodies { get; } = new(options.SpoolFolder, options.SpoolInMemory);

    public StableLinks Links { get; } = new(options.Mode, options.Time);
}

using Microsoft.AspNetCore.Builder;

namespace OneFichier.Gateways.Restic;

/// <summary>restic's REST backend protocol, versions 1 and 2, over the volume of the caller's session (docs/compliance/restic.md).</summary>
public static class ResticGateway
{
    /// <summary>What the face is called in tokens and on the command line.</summary>
    public const string Name = "restic";

    /// <summary>The face, with what its tokens need: whoever may only append may remove locks.</summary>
    public static GatewayFace Face(ResticOptions? options = null) => new(Name, app => app.MapRestic(options)) { Fleeting = RepositoryLayout.IsLock };

    /// <summary>
    /// Answers every request that comes this far. Repositories may lie at any path below the one where it is mapped, and are laid out as restic lays them out on a disk, so that
    /// restic itself, its rclone backend and <c>rclone serve restic</c> can use them too.
    /// </summary>
    /// <param name="app">Where: behind the guard.</param>
    /// <param name="options">How it behaves; default as stated there.</param>
    public static IApplicationBuilder MapRestic(this IApplicationBuilder app, ResticOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var face = new ResticFace(options ?? new ResticOptions());
        app.Run(face.AnswerAsync);
        return app;
    }
}

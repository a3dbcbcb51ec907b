using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways;

namespace OneFichier.Server;

/// <summary>Lets everybody in, for a machine that has one user. What is done is on record all the same.</summary>
public sealed class OpenDoor(IVolume volume, AccessScope scope, IAccessLog log) : IGatekeeper
{
    /// <summary>What everybody is called.</summary>
    public const string User = "anyone";

    /// <inheritdoc/>
    public ValueTask<Admission> AdmitAsync(LoginAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var open = VolumeLayers.Build(volume, new VolumeLayerOptions
        {
            Access = new AccessLayer(scope),
            Audit = new AuditLayer(new AccessCaller("", User, attempt.Face, attempt.From.ToString()), log, new AuditOptions { Root = scope.Path }),
        });
        return ValueTask.FromResult(Admission.Of(new GatewaySession(User, open, scope.Path, scope.Level >= AccessLevel.Write)));
    }
}

using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways;

namespace OneFichier.Server.Backup;

/// <summary>Lets in whoever shows the credential that was made for this run and ends with it.</summary>
/// <param name="volume">The volume.</param>
/// <param name="scope">The folder of the repository, and what may be done there.</param>
public sealed class OneRunDoor(IVolume volume, AccessScope scope) : IGatekeeper
{
    /// <summary>The user name of this run.</summary>
    public string User { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>The password of this run: 256 random bits.</summary>
    public string Secret { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <inheritdoc/>
    public ValueTask<Admission> AdmitAsync(LoginAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        if (!(Same(attempt.User, User) & Same(attempt.Secret, Secret)))
            return ValueTask.FromResult(Admission.Unknown);

        var open = VolumeLayers.Build(volume, new VolumeLayerOptions { Access = new AccessLayer(scope) { Fleeting = attempt.Fleeting } });
        return ValueTask.FromResult(Admission.Of(new GatewaySession(User, open, scope.Path, scope.Level >= AccessLevel.Write)));
    }

    private static bool Same(string? shown, string right) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}

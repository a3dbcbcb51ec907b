using OneFichier.Drive;

namespace OneFichier.Gateways.Tests.Kit;

/// <summary>Lets one user in, with one secret, onto one volume.</summary>
public sealed class OneCaller(IVolume volume) : IGatekeeper
{
    public const string User = "tester";
    public const string Secret = "open-sesame";

    public ValueTask<Admission> AdmitAsync(LoginAttempt attempt, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(attempt.Secret == Secret && attempt.User is null or User ? Admission.Of(new Session(User, volume)) : Admission.Unknown);

    private sealed record Session(string User, IVolume Volume) : IGatewaySession;
}

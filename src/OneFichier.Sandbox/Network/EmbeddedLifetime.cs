using Microsoft.Extensions.Hosting;

namespace OneFichier.Sandbox.Network;

/// <summary>Leaves signals to the program the sandbox runs in.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

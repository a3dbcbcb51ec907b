using OneFichier.Cli.Parsing;
using OneFichier.Server.Jobs;
using OneFichier.Server.Store;

namespace OneFichier.Cli.Commands;

/// <summary>Jobs that run beside something else in a process.</summary>
internal sealed class JobDaemon : IAsyncDisposable
{
    private readonly JobPlace _place;
    private readonly JobScheduler _scheduler;

    private JobDaemon(JobPlace place, JobScheduler scheduler) => (_place, _scheduler) = (place, scheduler);

    /// <returns>Nothing when another process runs the jobs already.</returns>
    public static async Task<JobDaemon?> StartAsync(Call call, CancellationToken cancellationToken)
    {
        var place = new JobPlace(call);
        try
        {
            return new JobDaemon(place, await JobScheduler.StartAsync(place.Node(), cancellationToken));
        }
        catch (JobsHeldException e)
        {
            await place.DisposeAsync();
            call.Screen.Note($"{e.Message} This one leaves them to it.");
            return null;
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        await _place.DisposeAsync();
    }
}

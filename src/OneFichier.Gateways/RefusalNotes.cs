using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OneFichier.Gateways;

/// <summary>Says what was refused before anybody was known: at most one line in ten seconds, so that whoever knocks cannot fill the log.</summary>
internal sealed class RefusalNotes(string face, GuardOptions options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private long _silent;

    public void Add(HttpContext context, GatewayError error)
    {
        long silent;
        lock (_gate)
        {
            var now = options.Time.GetUtcNow();
            if (now < _next)
            {
                _silent++;
                return;
            }

            (silent, _silent, _next) = (_silent, 0, now + Interval);
        }

        options.Logger.LogWarning(
            "Refused with {Status}: a request to {Face} from {Address} ({Why}); {Silent} more like it since the last such line", error.Status, face, context.Connection.RemoteIpAddress, error.Message, silent);
    }
}

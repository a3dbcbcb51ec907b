using OneFichier.Drive.Access;

namespace OneFichier.Server.Audit;

/// <summary>
/// Makes of a film that is read in a thousand ranges two records: its first opening, at once, and all that was read of it, some minutes after the last range. Everything else goes
/// through as it is.
/// </summary>
public sealed class ReadCoalescer : IAccessLog, IAsyncDisposable
{
    private const int Most = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<(AccessCaller, string), Reading> _readings = [];
    private readonly IAccessLog _log;
    private readonly TimeProvider _time;
    private readonly TimeSpan _quiet;
    private readonly ITimer _timer;

    /// <summary>Writes to another log.</summary>
    /// <param name="log">Where to; it is not disposed of.</param>
    /// <param name="time">The clock.</param>
    /// <param name="quiet">How long nothing may be read of a file before its reading counts as ended; default five minutes.</param>
    public ReadCoalescer(IAccessLog log, TimeProvider time, TimeSpan? quiet = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_log, _time, _quiet) = (log, time, quiet ?? TimeSpan.FromMinutes(5));
        _timer = time.CreateTimer(_ => _ = EndAsync(onlyQuiet: true), null, _quiet, _quiet);
    }

    /// <inheritdoc/>
    public ValueTask RecordAsync(IReadOnlyList<AccessRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        List<AccessRecord> now;
        lock (_gate)
            now = [.. records.Where(r => !IsHeldBack(r))];
        return now.Count == 0 ? ValueTask.CompletedTask : _log.RecordAsync(now);
    }

    /// <summary>Writes what is held back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await EndAsync(onlyQuiet: false);
    }

    private bool IsHeldBack(AccessRecord record)
    {
        if (record.Outcome != AccessOutcome.Done || record.Verb is not (AccessVerb.Open or AccessVerb.Read))
            return false;
        var key = (record.Caller, record.Path);
        var isKnown = _readings.TryGetValue(key, out var reading);
        if (!isKnown && (record.Verb == AccessVerb.Read || _readings.Count >= Most))
            return false;
        _readings[key] = new Reading(record, (reading?.Bytes ?? 0) + (record.Bytes ?? 0), _time.GetUtcNow());
        return isKnown;
    }

    private async Task EndAsync(bool onlyQuiet)
    {
        List<AccessRecord> ended = [];
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            foreach (var (key, reading) in _readings.Where(r => !onlyQuiet || now - r.Value.At >= _quiet).ToList())
            {
                _readings.Remove(key);
                if (reading.Bytes > 0)
                    ended.Add(reading.Last with { Verb = AccessVerb.Read, Bytes = reading.Bytes });
            }
        }

        if (ended.Count > 0)
            await _log.RecordAsync(ended);
    }

    private sealed record Reading(AccessRecord Last, long Bytes, DateTimeOffset At);
}

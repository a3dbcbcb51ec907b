namespace OneFichier.Drive.Access;

/// <summary>Writes what one caller does.</summary>
internal sealed class AuditTrail(AccessCaller caller, IAccessLog log, AuditOptions options)
{
    public AccessRecord Of(string verb, VolumePath path, VolumePath? target = null) =>
        new(caller, verb, Whole(path)) { Target = target is { } to ? Whole(to) : null };

    public ValueTask WriteAsync(AccessRecord record) => log.RecordAsync([record]);

    public async Task<T> OneAsync<T>(string verb, VolumePath path, Func<Task<T>> work)
    {
        T result;
        try
        {
            result = await work();
        }
        catch (Exception e)
        {
            await WriteAsync(Ended(Of(verb, path), e));
            throw;
        }

        await WriteAsync(Of(verb, path));
        return result;
    }

    public async Task<IReadOnlyList<ItemResult>> EachAsync<T>(IReadOnlyList<T> items, Func<T, AccessRecord> record, Func<Task<IReadOnlyList<ItemResult>>> work)
    {
        ArgumentNullException.ThrowIfNull(items);
        IReadOnlyList<ItemResult> results;
        try
        {
            results = await work();
        }
        catch (Exception e)
        {
            await log.RecordAsync([.. items.Select(i => Ended(record(i), e))]);
            throw;
        }

        await log.RecordAsync([.. items.Zip(results, (item, result) => Ended(record(item), result.Error))]);
        return results;
    }

    public static AccessRecord Ended(AccessRecord record, Exception? error) => error switch
    {
        null => record,
        UnauthorizedAccessException e => record with { Outcome = AccessOutcome.Refused, Reason = e.Message, Bytes = null },
        _ => record with { Outcome = AccessOutcome.Failed, Reason = error.GetType().Name, Bytes = null },
    };

    private string Whole(VolumePath path) => "/" + options.Root.Combine(path);
}

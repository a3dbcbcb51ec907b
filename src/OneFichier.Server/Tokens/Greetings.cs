using OneFichier.Drive.Access;

namespace OneFichier.Server.Tokens;

/// <summary>Every request carries its secret; a login is worth a record once an hour.</summary>
internal sealed class Greetings(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly BoundedTable<DateTimeOffset> _seen = new(time, Most);

    public bool IsNew(AccessCaller caller)
    {
        var key = $"{caller.Token} {caller.Face} {caller.From}";
        lock (_gate)
        {
            if (_seen.Get(key, Memory) is not null)
                return false;
            _seen.Set(key, time.GetUtcNow());
            return true;
        }
    }
}

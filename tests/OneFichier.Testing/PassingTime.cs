using OneFichier.Governor;

namespace OneFichier.Testing;

/// <summary>
/// Lets hours pass for the request budgets of a user's programs whenever they have asked the service for something. Programs keep to the limits of the service also where a sandbox has none; a test
/// that is not about those limits would mostly wait for them. A lock of the service lasts as long as it lasts.
/// </summary>
public sealed class PassingTime : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_hours = TimeSpan.FromHours(2);

    private readonly string _home;
    private readonly PeriodicTimer _looks = new(s_look);
    private readonly Dictionary<string, DateTime> _seen = new(StringComparer.Ordinal);
    private readonly Task _passing;

    /// <summary>Begins.</summary>
    /// <param name="home">The user's home; the budgets lie in its folders <c>state*</c>.</param>
    public PassingTime(string home)
    {
        _home = home;
        _passing = PassAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _looks.Dispose();
        await _passing;
    }

    private async Task PassAsync()
    {
        while (await _looks.WaitForNextTickAsync())
            await TryLookAsync();
    }

    /// <summary>What vanishes while it is looked at is for the next look.</summary>
    private async Task TryLookAsync()
    {
        try
        {
            foreach (var ledger in Ledgers())
                await LookAsync(ledger);
        }
        catch (IOException)
        {
            return;
        }
    }

    private List<string> Ledgers()
    {
        if (!Directory.Exists(_home))
            return [];

        var states = Directory.EnumerateDirectories(_home, "state*").Select(s => Path.Combine(s, "fichier")).Where(Directory.Exists);
        return [.. states.SelectMany(s => Directory.EnumerateDirectories(s)).Select(a => Path.Combine(a, FileLedger.FileName)).Where(File.Exists)];
    }

    private async Task LookAsync(string ledger)
    {
        var written = File.GetLastWriteTimeUtc(ledger);
        if (_seen.GetValueOrDefault(ledger) == written)
            return;

        _seen[ledger] = written;
        await new FileLedger(Path.GetDirectoryName(ledger)!).UpdateAsync((book, now) =>
        {
            var snapshot = book.Snapshot(now);
            var isOnlySpent = snapshot.Rules.Any(r => r.Used > 0) && snapshot.Locks.Count == 0;
            if (isOnlySpent)
                book.Shift(-s_hours);

            return isOnlySpent;
        });
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using OneFichier.Drive.Access;

namespace OneFichier.Server.Tokens;

/// <summary>
/// What each token has used, counted exactly within this process and written to a file every few seconds or megabytes, where the counts of all processes add up. Two processes may
/// together let through as much too much as neither had written yet; a process that is killed forgets that much.
/// </summary>
/// <param name="folder">Where the files are; made for the owner only.</param>
/// <param name="time">The clock.</param>
public sealed class TokenMeters(string folder, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, TokenMeter> _meters = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _writing = new(1);
    private int _later;
    private int _now;

    /// <summary>The meter of a token.</summary>
    public IByteMeter Of(Token token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _meters.GetOrAdd(token.Id, id => new TokenMeter(token.Scope.Budget, Read(id), Schedule));
    }

    /// <summary>What a token has used so far, as far as it is written.</summary>
    public (long Up, long Down) UsedBy(string id) => Read(id) is var used ? (used.Up, used.Down) : default;

    /// <summary>Writes all that is counted.</summary>
    /// <exception cref="IOException">It cannot be written; it stays counted.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_meters.Values.All(m => m.Pending == default))
                return;
            using var held = await FolderLock.AcquireAsync(folder, time, cancellationToken);
            foreach (var (id, meter) in _meters)
                await SaveAsync(id, meter, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Writes all that is counted, as well as it can.</summary>
    public async ValueTask DisposeAsync()
    {
        await SaveQuietlyAsync();
        _writing.Dispose();
    }

    private async Task SaveAsync(string id, TokenMeter meter, CancellationToken cancellationToken)
    {
        var pending = meter.Pending;
        if (pending == default)
            return;
        var kept = Read(id);
        var sum = new UsageDocument(1, Math.Max(0, kept.Up + pending.Up), Math.Max(0, kept.Down + pending.Down));
        await PrivateFile.ReplaceAsync(PathOf(id), JsonSerializer.SerializeToUtf8Bytes(sum, TokenJson.Default.UsageDocument), cancellationToken);
        meter.Kept(pending, (sum.Up, sum.Down));
    }

    private void Schedule(bool now)
    {
        if (now && Interlocked.Exchange(ref _now, 1) == 0)
            _ = AfterAsync(TimeSpan.Zero, () => Interlocked.Exchange(ref _now, 0));
        else if (!now && Interlocked.Exchange(ref _later, 1) == 0)
            _ = AfterAsync(Interval, () => Interlocked.Exchange(ref _later, 0));
    }

    private async Task AfterAsync(TimeSpan wait, Action begin)
    {
        await Task.Delay(wait, time).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        begin();
        await SaveQuietlyAsync();
    }

    private async Task SaveQuietlyAsync()
    {
        try
        {
            await SaveAsync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // It stays counted in this process, and is tried again with the next bytes.
        }
    }

    private UsageDocument Read(string id)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(id)), TokenJson.Default.UsageDocument) ?? new(1, 0, 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new UsageDocument(1, 0, 0);
        }
        catch (JsonException e)
        {
            throw new IOException($"'{PathOf(id)}' is damaged. Remove it to begin the token's count anew.", e);
        }
    }

    private string PathOf(string id) => Path.Combine(folder, id + ".json");
}

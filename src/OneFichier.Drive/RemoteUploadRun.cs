using OneFichier.Drive.Fetching;

namespace OneFichier.Drive;

/// <summary>
/// Has the service fetch addresses from elsewhere into a folder, waits for them inside the limits, and makes sure of each: that it lies in the folder, and that size and checksum are as known.
/// What fails is asked for again, and at last, where that is wanted, carried through this machine.
/// </summary>
/// <remarks>
/// <para>It costs one request for a hundred addresses, one now and then while they are awaited, and one listing of the folder for each request that ends. No byte passes by this machine,
/// unless it is carried.</para>
/// <para>Addresses may hold secrets (signatures, passwords). Nothing here logs them or puts them into a message beyond scheme, host and path (<see cref="RemoteSource.Shown"/>).</para>
/// <para>A cancelled run leaves the service at work on what was ordered; the numbers of the requests are told by <see cref="RemoteUploadOrdered"/>.</para>
/// </remarks>
public sealed class RemoteUploadRun
{
    private readonly RemoteVolume _volume;
    private readonly RemoteUploadRunOptions _options;

    /// <summary>Makes a run on an account, which it does not own.</summary>
    /// <exception cref="ArgumentException">A header the service would not accept.</exception>
    public RemoteUploadRun(RemoteVolume volume, RemoteUploadRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(volume);
        _options = options ?? new RemoteUploadRunOptions();
        foreach (var (name, value) in _options.Headers)
        {
            if (RemoteUploadHeaders.Problem(name, value) is { } problem)
                throw new ArgumentException(problem, nameof(options));
        }

        _volume = volume;
    }

    /// <summary>Only asks the service, and returns once it has taken the requests.</summary>
    /// <param name="sources">What to fetch; what is named twice is fetched once.</param>
    /// <param name="folder">Where it goes; made where it is missing.</param>
    /// <param name="cancellationToken">Ends the call between two requests.</param>
    public async Task<IReadOnlyList<RemoteUploadOrdered>> OrderAsync(IReadOnlyList<RemoteSource> sources, VolumePath folder, CancellationToken cancellationToken = default)
    {
        var target = await _volume.MakeNumberedAsync(folder, cancellationToken);
        _volume.Tree.Expire(target);
        return [.. (await new OrderDesk(_volume.Tree.Client, _options).OrderAsync(Distinct(sources), target, null, cancellationToken)).Select(o => o.Told)];
    }

    /// <summary>Asks the service, waits, makes sure, asks again, and carries what it may.</summary>
    /// <returns>One outcome for each different address, in their order.</returns>
    public async Task<IReadOnlyList<RemoteSourceOutcome>> RunAsync(
        IReadOnlyList<RemoteSource> sources, VolumePath folder, IProgress<RemoteUploadEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        var distinct = Distinct(sources);
        using var connections = new SourceConnections(_options, _volume.Tree.Client.Options);
        var target = await _volume.MakeNumberedAsync(folder, cancellationToken);
        var sizes = _options.Probe ? await new SourceProbe(connections).SizesAsync(distinct, cancellationToken) : new Dictionary<RemoteSource, long>();
        var place = new FetchPlace(_volume, folder, target, sizes, _options, _volume.Tree.Context.Time);
        var outcomes = await new FetchRounds(place, new OrderDesk(_volume.Tree.Client, _options), progress).RunAsync(distinct, cancellationToken);
        if (_options.Carry)
            await new SourceCarrier(place, connections, progress).CarryAsync(outcomes, cancellationToken);
        return [.. distinct.Select(s => outcomes[s])];
    }

    private static List<RemoteSource> Distinct(IReadOnlyList<RemoteSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return [.. sources.DistinctBy(s => s.Address.AbsoluteUri)];
    }
}

/// <summary>How a run goes about it. Immutable: change a copy by <c>with</c>.</summary>
public sealed record RemoteUploadRunOptions
{
    /// <summary>Addresses in one request at most (1fichier-api §2).</summary>
    public const int Most = 100;

    /// <summary>Headers the service sends along, as cookies; see <see cref="RemoteUploadHeaders"/> for what it accepts.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How often what failed is asked for again; default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Whether what the service cannot fetch is fetched here and sent to it, proven by checksum; default not.</summary>
    public bool Carry { get; init; }

    /// <summary>Requests that were taken before and whose end was not seen: they are waited for, and what is in them is not asked for again unless it fails.</summary>
    public IReadOnlyList<RemoteUploadOrdered> Earlier { get; init; } = [];

    /// <summary>Awaited once the service has taken a request, before anything else is done: here its number is written down by who would find it again after a death. Default nobody.</summary>
    public Func<RemoteUploadOrdered, CancellationToken, Task> Ordered { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Whether what arrived and is not the right content is removed even if nothing follows from here; default it is left to be looked at.</summary>
    public bool RemovesWrong { get; init; }

    /// <summary>Whether sources whose size is not known are asked for it from here; default yes. One that does not answer is not waited for long and changes nothing.</summary>
    public bool Probe { get; init; } = true;

    /// <summary>How long one is waited for; default ten seconds.</summary>
    public TimeSpan ProbeTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether this machine asks addresses that are not of the public network (loopback, private, link-local); default only when the API itself is on loopback.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>How long a request is waited for after the last news of it; default six hours.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long to wait before the service is asked how far it is; grows by half each time without news. Default five seconds.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest such pause; default a minute.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Something a run tells while it goes on.</summary>
public abstract record RemoteUploadEvent;

/// <summary>The service has taken a request.</summary>
/// <param name="Request">The number under which it remembers it.</param>
/// <param name="Sources">What is in it.</param>
public sealed record RemoteUploadOrdered(long Request, IReadOnlyList<RemoteSource> Sources) : RemoteUploadEvent
{
    /// <summary>When it was asked for, or before.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>One address is settled for good.</summary>
/// <param name="Outcome">What became of it.</param>
public sealed record RemoteSourceSettled(RemoteSourceOutcome Outcome) : RemoteUploadEvent;

/// <summary>Something the user should know that is no failure: what is asked for again, what is carried.</summary>
/// <param name="Text">A sentence.</param>
public sealed record RemoteUploadNotice(string Text) : RemoteUploadEvent;

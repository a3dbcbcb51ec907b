using System.Runtime.CompilerServices;

namespace OneFichier.Drive;

/// <summary>
/// Direct links of any number of files, one request for each that the book does not hold. The links come in the order of the files, each remembered before it is given out, so that a run that ends early
/// has lost nothing: the next one asks only for what is missing or has ended meanwhile.
/// </summary>
/// <remarks>
/// A cancelled run sends nothing more and gives out what was under way, which it awaits for two seconds, before it throws. An error that would meet all files alike (a lock, the key, the
/// offer, the place, the service out of reach) ends it in the same manner; any other is the outcome of its file.
/// </remarks>
public sealed class DirectLinkRun
{
    private const int Ahead = 4;
    private const int UnavailableInARow = 3;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly FichierClient _client;
    private readonly ILinkBook _book;
    private int _unavailable;

    /// <summary>Makes a run.</summary>
    public DirectLinkRun(FichierClient client, ILinkBook book)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(book);
        (_client, _book) = (client, book);
    }

    /// <summary>How links are asked for.</summary>
    public DirectLinkOptions Wishes { get; init; } = new();

    /// <summary>For how long a remembered link must be good to be given out again; default ten seconds. <see cref="DirectLink.Lifetime"/> asks for every link anew.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Asks for the links. One that is named twice is asked for once.</summary>
    public async IAsyncEnumerable<DirectLinkOutcome> AskAsync(IReadOnlyList<FileLink> files, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _client.Options.Time);
        await using var interrupted = cancellationToken.Register(() => late.CancelAfter(Grace));
        var asked = new Dictionary<FileLink, Task<DirectLinkOutcome>>();
        var window = new Queue<(int Index, Task<DirectLinkOutcome> Asked)>();
        Exception? end = null;
        try
        {
            for (var next = 0; next < files.Count || window.Count > 0;)
            {
                var ends = end is not null || cancellationToken.IsCancellationRequested;
                if (!ends && next < files.Count && window.Count < Ahead)
                {
                    window.Enqueue((next, AskOnce(asked, files[next++], late.Token)));
                    continue;
                }

                if (!window.TryDequeue(out var first))
                    break;
                var outcome = await first.Asked;
                if (outcome.Error is { } error && (ends || MeetsAll(error)))
                    end ??= error;
                else
                    yield return outcome with { Index = first.Index };
            }
        }
        finally
        {
            await late.CancelAsync();
            await Task.WhenAll(window.Select(w => w.Asked));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (end is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(end);
    }

    private Task<DirectLinkOutcome> AskOnce(Dictionary<FileLink, Task<DirectLinkOutcome>> asked, FileLink file, CancellationToken cancellationToken) =>
        asked.TryGetValue(file, out var known) ? known : asked[file] = AskAsync(file, cancellationToken);

    private async Task<DirectLinkOutcome> AskAsync(FileLink file, CancellationToken cancellationToken)
    {
        if (_book.Find(file, Wishes, Life) is { } known)
            return new DirectLinkOutcome(file) { Link = known, Remembered = true };
        try
        {
            var link = await _client.Downloads.GetLinkAsync(file, Wishes, cancellationToken);
            _book.Remember(file, Wishes, link);
            Interlocked.Exchange(ref _unavailable, 0);
            return new DirectLinkOutcome(file) { Link = link };
        }
        catch (Exception e) when (e is FichierException or OperationCanceledException)
        {
            return new DirectLinkOutcome(file) { Error = e };
        }
    }

    private bool MeetsAll(Exception error) =>
        error is OperationCanceledException or FichierException { ConcernsAll: true }
        || (error is FichierUnavailableException && Interlocked.Increment(ref _unavailable) >= UnavailableInARow);
}

/// <summary>What became of one file.</summary>
/// <param name="File">Its page link.</param>
public sealed record DirectLinkOutcome(FileLink File)
{
    /// <summary>Which of the files it was, counted from zero.</summary>
    public int Index { get; init; }

    /// <summary>The link; <see langword="null"/> when there is none.</summary>
    public DirectLink? Link { get; init; }

    /// <summary>Whether the link was known and nobody was asked.</summary>
    public bool Remembered { get; init; }

    /// <summary>Why there is none.</summary>
    public Exception? Error { get; init; }
}

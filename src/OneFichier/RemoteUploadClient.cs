using OneFichier.Wire;

namespace OneFichier;

/// <summary>Has the service fetch files from elsewhere by itself (1fichier-api §3.19).</summary>
public sealed class RemoteUploadClient
{
    private readonly ApiChannel _api;

    internal RemoteUploadClient(ApiChannel api) => _api = api;

    /// <summary>Asks the service to fetch addresses into a folder.</summary>
    /// <param name="urls">What to fetch; up to a hundred a request are known to work.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="headers">Headers the service sends along, as cookies. See <see cref="RemoteUploadHeaders.Problem"/> for what it accepts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">A header the service would not accept.</exception>
    public async Task<RemoteUpload> AddAsync(
        IReadOnlyList<Uri> urls, FolderId folder = default, IReadOnlyDictionary<string, string>? headers = null, CancellationToken cancellationToken = default)
    {
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            if (RemoteUploadHeaders.Problem(name, value) is { } problem)
            {
                throw new ArgumentException(problem, nameof(headers));
            }
        }

        var request = new RemoteUploadRequest([.. urls.Select(u => u.AbsoluteUri)], folder.Value, headers);
        var answer = await _api.CallAsync(
            Call("remote/request"), request, (WireJson.Default.RemoteUploadRequest, WireJson.Default.RemoteUploadAnswer), Repeat.WhenRefused, cancellationToken).ConfigureAwait(false);
        return new RemoteUpload(answer.Id ?? throw Mapping.Missing("remote/request", "id"), ParisTime.Parse(answer.Date), null);
    }

    /// <summary>The requests the service remembers.</summary>
    public async Task<IReadOnlyList<RemoteUpload>> ListAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _api.CallAsync(Call("remote/ls"), new EmptyRequest(), WireJson.Default.EmptyRequest, WireJson.Default.RemoteUploadListAnswer, cancellationToken).ConfigureAwait(false);
        return [.. (answer.Data ?? []).Where(d => d.Id is not null).Select(d => new RemoteUpload(d.Id!.Value, ParisTime.Parse(d.RequestDate), ParisTime.Parse(d.ExecutionDate)))];
    }

    /// <summary>What became of one request.</summary>
    public async Task<RemoteUploadDetails> GetAsync(long id, CancellationToken cancellationToken = default)
    {
        var answer = await _api.CallAsync(
            Call("remote/info"), new RemoteUploadInfoRequest(id), WireJson.Default.RemoteUploadInfoRequest, WireJson.Default.RemoteUploadInfoAnswer, cancellationToken).ConfigureAwait(false);
        return new RemoteUploadDetails(answer.Id ?? id, ParisTime.Parse(answer.RequestDate), ParisTime.Parse(answer.ExecutionDate))
        {
            Urls = answer.Links ?? [],
            Results = [.. (answer.Result ?? []).Select(Outcome)],
        };
    }

    private ApiCall Call(string endpoint) => new(endpoint, null, _api.Options.Priority);

    private static RemoteUploadResult Outcome(RemoteUploadOutcome item) => new(
        string.Equals(item.Status, "OK", StringComparison.OrdinalIgnoreCase), item.Url ?? "", FileLink.TryParse(item.DownloadLink, out var link) ? link : null, item.Message);
}

/// <summary>A request for remote upload.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Requested">When it was made.</param>
/// <param name="Executed">When the service was done with it; <see langword="null"/> while it waits.</param>
public record RemoteUpload(long Id, DateTimeOffset? Requested, DateTimeOffset? Executed);

/// <summary>A request for remote upload and what became of it.</summary>
public sealed record RemoteUploadDetails(long Id, DateTimeOffset? Requested, DateTimeOffset? Executed) : RemoteUpload(Id, Requested, Executed)
{
    /// <summary>What was to be fetched.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>One for each address the service is done with.</summary>
    public IReadOnlyList<RemoteUploadResult> Results { get; init; } = [];
}

/// <summary>What became of one address.</summary>
/// <param name="Done">Whether the file is stored.</param>
/// <param name="Url">The address.</param>
/// <param name="Link">The page link of the stored file.</param>
/// <param name="Message">What the service said.</param>
public sealed record RemoteUploadResult(bool Done, string Url, FileLink? Link, string? Message);

/// <summary>What the service accepts as headers of a remote upload (1fichier-api §3.19).</summary>
public static class RemoteUploadHeaders
{
    private const string ValuePunctuation = " \t-_+=%?,'\"/";

    /// <summary>Why the service would not accept a header, in words; <see langword="null"/> when it would.</summary>
    public static string? Problem(string name, string value) =>
        name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? $"The header name '{name}' may have letters, digits and '-' only."
        : value.Length > 0 && (value[0] is ' ' or '\t' || value[^1] is ' ' or '\t') ? $"The value of header {name} may not begin or end with a blank."
        : value.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && !ValuePunctuation.Contains(c, StringComparison.Ordinal)) is var bad and not '\0'
            ? $"The service accepts no '{bad}' in the value of header {name}; allowed are letters, digits, blanks and -_+=%?,'\"/"
        : null;
}

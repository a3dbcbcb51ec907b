using OneFichier.Names;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>
/// The three steps of an upload session, one by one (1fichier-api §3.2 to §3.4): ask for a node, send the files, fetch the report. For files that are
/// sent, proven and retried as a whole, see <c>FichierClient.Transfers</c>.
/// </summary>
public sealed class UploadClient
{
    private readonly ApiChannel _api;
    private readonly UploadChannel _node;
    private readonly ReportChannel _reports;

    internal UploadClient(ApiChannel api, UploadChannel node, ReportChannel reports) => (_api, _node, _reports) = (api, node, reports);

    /// <summary>Asks for the node of one session (<c>upload/get_upload_server</c>).</summary>
    public async Task<UploadNode> GetNodeAsync(CancellationToken cancellationToken = default)
    {
        var call = new ApiCall("upload/get_upload_server", null, _api.Options.Priority);
        var answer = await _api.CallAsync(call, new EmptyRequest(), WireJson.Default.EmptyRequest, WireJson.Default.UploadServerAnswer, cancellationToken).ConfigureAwait(false);
        var node = new UploadNode(answer.Url ?? throw Mapping.Missing(call.Endpoint, "url"), answer.Id ?? throw Mapping.Missing(call.Endpoint, "id"));
        return node.Id.Length is > 0 and <= 64 && node.Id.All(char.IsAsciiLetterOrDigit) ? node : throw Mapping.Missing(call.Endpoint, "id");
    }

    /// <summary>
    /// Sends files in one session (<c>upload.cgi</c>), streaming. The answer 302 means accepted: the files are stored from then on and MUST NOT be sent again, whatever
    /// becomes of the report.
    /// </summary>
    /// <param name="node">The node, fresh from <see cref="GetNodeAsync"/>.</param>
    /// <param name="files">At most <see cref="UploadLimits.Files"/> files and <see cref="UploadLimits.SessionBytes"/> bytes; none empty.</param>
    /// <param name="settings">Folder and attributes.</param>
    /// <param name="progress">Called with the number of bytes just handed to the connection.</param>
    /// <param name="cancellationToken">
    /// Breaks the session off; the node then stores nothing. Once the end of the form has left, its answer is waited for first, for ten seconds at most, and this returns as if nobody had cancelled:
    /// a connection that is cut then would not keep the node from storing what it has.
    /// </param>
    /// <exception cref="FichierRejectedException">The node understood and refused: sending again will not help.</exception>
    /// <exception cref="FichierUnavailableException">
    /// The node failed, or the connection broke. With <see cref="FichierUnavailableException.MayHaveHappened"/> the whole form was sent: look for the report under the
    /// node's own id, or in the folder, before sending again.
    /// </exception>
    public async Task<UploadTicket> SendAsync(
        UploadNode node, IReadOnlyList<UploadFile> files, UploadSettings settings, Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var cancellation = new LateCancellation(_api.Options.Time, null, cancellationToken);
        return await SendAsync(node, files, settings, progress, cancellation).ConfigureAwait(false);
    }

    internal Task<UploadTicket> SendAsync(
        UploadNode node, IReadOnlyList<UploadFile> files, UploadSettings settings, Action<long>? progress, LateCancellation cancellation)
    {
        Check(files, settings);
        return _node.SendAsync(node, Fields(settings), [.. files.Select(f => (ServiceName.Encode(f.Name), f))], progress, cancellation);
    }

    /// <summary>
    /// Fetches the report of an accepted session (<c>end.pl</c>), patiently: while the node shows a waiting page, an empty list or a web page, it is asked again for as long
    /// as <paramref name="patience"/> says (default five minutes).
    /// </summary>
    /// <exception cref="FichierUnavailableException">No report came in that time. The files are stored all the same: find them by name, size and checksum in the folder.</exception>
    public Task<UploadReport> GetReportAsync(UploadTicket ticket, TimeSpan? patience = null, CancellationToken cancellationToken = default) =>
        _reports.FetchAsync(ticket, patience ?? TimeSpan.FromMinutes(5), cancellationToken);

    private static IEnumerable<(string Name, string Value)> Fields(UploadSettings settings)
    {
        yield return ("did", settings.Folder.ToString());
        if (settings.Domain is { } domain)
        {
            yield return ("domain", domain.Id.ToString());
        }

        if (settings.DownloadPassword is { } password)
        {
            yield return ("dpass", password);
        }

        if (settings.Recipient is { } recipient)
        {
            yield return ("user", recipient);
        }

        if (settings.Notify.Count > 0)
        {
            yield return ("mails", string.Join(',', settings.Notify));
        }

        if (settings.Message is { } message)
        {
            yield return ("message", message);
        }
    }

    /// <returns>Why the service would store a file at no time; <see langword="null"/> when nothing is known to speak against it.</returns>
    internal static FichierRejectedException? Impossible(UploadFile file) =>
        file.Length <= 0 ? new FichierRejectedException($"'{file.Name}' is empty; the service stores no empty files.") { Remedy = "Leave it out, or store it with something in it." }
        : file.Length > UploadLimits.FileBytes ? new FichierRejectedException($"'{file.Name}' is larger than the 300 GB the service takes.") { Remedy = "Split it." }
        : ServiceName.TooLong(file.Name);

    private static void Check(IReadOnlyList<UploadFile> files, UploadSettings settings)
    {
        if (files.Count is 0 or > UploadLimits.Files)
        {
            throw new ArgumentException($"A session takes 1 to {UploadLimits.Files} files.", nameof(files));
        }

        if (files.Select(Impossible).FirstOrDefault(e => e is not null) is { } impossible)
        {
            throw new ArgumentException(impossible.Message, nameof(files));
        }

        if (files.Sum(f => f.Length) > UploadLimits.SessionBytes)
        {
            throw new ArgumentException("A session takes 500 GB at most.", nameof(files));
        }

        if (settings.Notify.Count > 20 || settings.Notify.Any(m => m.Length > 250 || m.AsSpan().ContainsAny("\r\n,")) || settings.Message?.Length > 2000)
        {
            throw new ArgumentException("A session notifies at most 20 addresses of 250 characters, with a text of 2,000.", nameof(settings));
        }

        if (settings.DownloadPassword is { Length: < 6 })
        {
            throw new ArgumentException("A download password has at least six characters.", nameof(settings));
        }
    }
}

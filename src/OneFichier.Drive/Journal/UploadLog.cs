using System.Text.Json;
using Microsoft.Extensions.Logging;
using OneFichier.Names;

namespace OneFichier.Drive.Journal;

/// <inheritdoc cref="IUploadLog"/>
internal sealed class UploadLog(string folder, TimeProvider time, IReadOnlyDictionary<string, UploadNote> notes, ILogger? logger) : IUploadLog
{
    private readonly Lock _gate = new();
    private readonly List<JournalFile> _open = [];

    public ValueTask<IUploadRecord> BeginAsync(UploadIntent intent, CancellationToken cancellationToken = default)
    {
        var head = new JournalHead(UploadEntry.Version, time.GetUtcNow(), intent.Node.Host, intent.Node.Id, intent.Folder.Value, [.. intent.Files.Select(Journalled)]);
        var file = JournalFile.Create(folder, JsonSerializer.Serialize(head, JournalJson.Default.JournalHead));
        lock (_gate)
            _open.Add(file);
        return new(new Record(this, file, intent));
    }

    public void Close() => Drain(f => f.Discard());

    public void Dispose() => Drain(f => f.Dispose());

    private void Drain(Action<JournalFile> end)
    {
        lock (_gate)
        {
            _open.ForEach(end);
            _open.Clear();
        }
    }

    private void Drop(JournalFile file)
    {
        lock (_gate)
        {
            if (_open.Remove(file))
                file.Discard();
        }
    }

    private JournalledFile Journalled(UploadFile file)
    {
        var note = notes.GetValueOrDefault(file.Name);
        return new JournalledFile(ServiceName.Encode(file.Name), file.Length)
        {
            Checksum = file.Checksum?.ToString(),
            ModTime = note?.ModTime,
            Replaces = note is { Replaces.Count: > 0 } ? [.. note.Replaces.Select(l => l.Url)] : null,
        };
    }

    private sealed class Record(UploadLog log, JournalFile file, UploadIntent intent) : IUploadRecord
    {
        public ValueTask ReadAsync(IReadOnlyList<WhirlpoolHash> checksums, CancellationToken cancellationToken = default) =>
            Note(new JournalStep { Read = [.. checksums.Select(c => c.ToString())] });

        public ValueTask AcceptedAsync(UploadTicket ticket, CancellationToken cancellationToken = default) =>
            Note(new JournalStep { Ticket = new JournalTicket(ticket.Host, ticket.ReportId) });

        public ValueTask SettledAsync(IReadOnlyList<UploadOutcome> outcomes, CancellationToken cancellationToken = default)
        {
            List<JournalFate> fates = [.. outcomes.Where(o => o.Proven || o.Error is FichierUnavailableException { MayHaveHappened: true }).Select(Fate)];
            if (fates.Count > 0)
                return Note(new JournalStep { Settled = fates });
            log.Drop(file);
            return default;
        }

        private JournalFate Fate(UploadOutcome outcome) =>
            new(intent.Files.Index().First(f => f.Item.Name == outcome.File.Name).Index, outcome.Proven ? outcome.Stored!.Link.Url : null);

        private ValueTask Note(JournalStep step)
        {
            try
            {
                file.Append(JsonSerializer.Serialize(step, JournalJson.Default.JournalStep));
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                log.Warn(e);
            }

            return default;
        }
    }

    private void Warn(Exception e) => logger?.LogWarning("A step of an upload could not be noted; if this process dies now, the next has to ask more: {Reason}", e.Message);
}

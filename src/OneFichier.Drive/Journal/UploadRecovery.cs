using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Journal;

/// <summary>
/// Finishes what dead processes began: finds out what arrived of their sessions, remembers it, removes what it was to replace, and ends their journals. Any number of processes may do so at once: a
/// journal is locked by whoever has it.
/// </summary>
internal sealed class UploadRecovery(RemoteTree tree, string folder, TimeProvider time, ILogger? logger)
{
    /// <summary>How long a session that a node accepted may stay without trace before it is given up: far longer than any listing was seen to lag.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>The same for one of which only the last bytes were about to leave.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);

    private readonly HashSet<FolderId> _doubted = [];

    /// <returns>After what time it is worth looking again for what left no trace yet; <see langword="null"/> when there is nothing like it.</returns>
    public async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        JournalFile.RemoveUnborn(folder);
        _doubted.Clear();
        TimeSpan? again = null;
        foreach (var path in JournalFile.In(folder))
        {
            using var file = JournalFile.TryTake(path);
            if (file is not null && await AdoptAsync(file, cancellationToken) is { } pause && !(again < pause))
                again = pause;
        }

        return again;
    }

    /// <summary>Ends the journals of sessions that left no trace and whose files have now been sent by another: whatever were to become of them, nothing has to be done about it any more.</summary>
    public void Overtake(FolderId into, IReadOnlySet<string> sent)
    {
        foreach (var path in sent.Count == 0 ? [] : JournalFile.In(folder))
        {
            using var file = JournalFile.TryTake(path);
            if (file is not null && IsOvertaken(file, into, sent))
                file.Discard();
        }
    }

    private bool IsOvertaken(JournalFile file, FolderId into, IReadOnlySet<string> sent)
    {
        try
        {
            return UploadEntry.Read(file.Lines()) is { } entry && entry.Folder == into && entry.Files.TrueForAll(f => sent.Contains(f.Name) || IsThere(into, f));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    private bool IsThere(FolderId into, EntryFile file) => tree.Context.Store.FilesNamed(into, file.Name).Any(f => file.Is(f.StoredSize, f.StoredChecksum));

    /// <returns>After what time to look again; <see langword="null"/> when there is no need to, or no use.</returns>
    private async Task<TimeSpan?> AdoptAsync(JournalFile file, CancellationToken cancellationToken)
    {
        try
        {
            var entry = UploadEntry.Read(file.Lines());
            if (entry is not null && !await AdoptAsync(entry, cancellationToken))
                return Longer(FirstPause, time.GetUtcNow() - entry.Head.Begun);
            file.Discard();
        }
        catch (PathNotFoundException e)
        {
            logger?.LogWarning("An upload that was broken off went into a folder that is no more: {Reason}", e.Message);
            file.Discard();
        }
        catch (NotSupportedException e)
        {
            logger?.LogWarning("The upload journal {Path} was written by a newer fichier ({Reason}) and is left alone.", file.Path, e.Message);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            logger?.LogWarning("The upload journal {Path} cannot be read and is dropped: {Reason}", file.Path, e.Message);
            file.Discard();
        }
        catch (FichierException e)
        {
            logger?.LogWarning("An upload that was broken off could not be looked after yet: {Reason}", e.Message);
            return ShortPatience;
        }

        return null;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <returns>Whether there is nothing left to do.</returns>
    private async Task<bool> AdoptAsync(UploadEntry entry, CancellationToken cancellationToken)
    {
        if (_doubted.Add(entry.Folder))
            tree.Expire(entry.Folder);
        var open = await ByJournalOrReportAsync(entry, cancellationToken);
        if (open.Exists(f => f.Checksum is not null) || entry.Files.Exists(f => f is { Arrived: not null, HasReplaced: true }))
            await ByListingAsync(entry, open, cancellationToken);
        if (entry.Files.Exists(f => f.Arrived is not null))
            logger?.LogInformation("{Count} files of an upload that was broken off had arrived.", entry.Files.Count(f => f.Arrived is not null));
        return open.TrueForAll(f => f.Arrived is not null) || !entry.WasSent || time.GetUtcNow() - entry.Head.Begun > (entry.WasAccepted ? Patience : ShortPatience);
    }

    /// <returns>The files of which it is still not known whether they arrived.</returns>
    private async Task<List<EntryFile>> ByJournalOrReportAsync(UploadEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Settled is { } settled)
        {
            Remember(entry, settled.Where(s => s.Link is not null).Select(s => (entry.Files[s.File], Stored(entry.Files[s.File], FileLink.Parse(s.Link!)))));
            return [.. settled.Where(s => s.Link is null).Select(s => entry.Files[s.File])];
        }

        var reported = await ReportAsync(entry.Ticket, cancellationToken);
        var matched = entry.Files.Select(f => (File: f, Stored: Claim(reported, f))).Where(m => m.Stored is not null).ToList();
        Remember(entry, matched.Select(m => (m.File, m.Stored!)));
        await RemoveCorruptAsync(entry, reported, cancellationToken);
        return reported.Count + matched.Count > 0 ? [] : entry.Files;
    }

    private async Task<List<UploadedFile>> ReportAsync(UploadTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await tree.Client.Uploads.GetReportAsync(ticket, TimeSpan.Zero, cancellationToken)).Files.DistinctBy(f => f.Link)];
        }
        catch (FichierException)
        {
            return [];
        }
    }

    private static UploadedFile? Claim(List<UploadedFile> reported, EntryFile file)
    {
        var found = reported.Find(r => r.Name == file.Name && file.Is(r.Size, r.Checksum)) ?? reported.Find(r => file.Is(r.Size, r.Checksum));
        if (found is not null)
            reported.Remove(found);
        return found;
    }

    /// <summary>What this very session stored with a checksum that was not sent is no use to anybody.</summary>
    private async Task RemoveCorruptAsync(UploadEntry entry, List<UploadedFile> reported, CancellationToken cancellationToken)
    {
        if (!entry.WasSent)
            return;
        var bad = reported.Where(r => r.Checksum is { } sum && entry.Files.TrueForAll(f => f.Checksum != sum)).Select(r => r.Link).ToList();
        await tree.Client.Files.RemoveAsync(bad, cancellationToken);
    }

    /// <summary>Looks into the folder, once: for what arrived without being reported, and for what is still there although it was replaced.</summary>
    private async Task ByListingAsync(UploadEntry entry, IEnumerable<EntryFile> open, CancellationToken cancellationToken)
    {
        var view = await tree.ListAsync(entry.Folder, Refresh.WhenOld, cancellationToken);
        var listed = view.Failure is null ? view.All.Where(e => !e.IsFolder).ToList() : throw view.Failure;
        foreach (var file in open)
        {
            var found = listed.Find(l => l.File!.Name == file.Name && file.Is(l.File.StoredSize, l.File.StoredChecksum) && !file.Replaces(l.File.Link));
            file.Arrived = found?.File!.Link;
            if (found is not null && file.ModTime is { } modTime)
                tree.SetModTimes([(found, modTime)]);
        }

        var replaced = listed.Where(l => entry.Files.Exists(f => f.Arrived is { } arrived && arrived != l.File!.Link && f.Name == l.File.Name && f.Replaces(l.File.Link))).ToList();
        await tree.RemoveFilesAsync(replaced, cancellationToken);
    }

    private void Remember(UploadEntry entry, IEnumerable<(EntryFile File, UploadedFile Stored)> arrived)
    {
        foreach (var (file, stored) in arrived)
        {
            file.Arrived = stored.Link;
            tree.RecordUploads(entry.Folder, [stored], _ => file.ModTime, IsLater(entry, file) ? entry.Head.Begun : null);
        }
    }

    /// <summary>Whether a later session stored another content under the name.</summary>
    private bool IsLater(UploadEntry entry, EntryFile file) =>
        tree.Context.Store.FilesNamed(entry.Folder, file.Name).Any(f => f.Link != file.Arrived && !file.Replaces(f.Link) && f.Uploaded > entry.Head.Begun);

    private static UploadedFile Stored(EntryFile file, FileLink link) =>
        new(link, file.Name, file.Size) { StoredName = Names.ServiceName.Encode(file.Name), Checksum = file.Checksum };
}

namespace OneFichier.Transfers;

/// <summary>Divides files into sessions: as few as the limits allow, and no file behind a large one.</summary>
internal static class UploadPlan
{
    public static IEnumerable<List<SentFile>> Sessions(IEnumerable<SentFile> files, UploadBatchOptions options)
    {
        var (mostFiles, mostBytes) = (Math.Clamp(options.FilesPerSession, 1, UploadLimits.Files), Math.Min(options.BytesPerSession, UploadLimits.SessionBytes));
        var session = new List<SentFile>();
        long bytes = 0;
        foreach (var file in files)
        {
            if (file.File.Length >= mostBytes)
            {
                yield return [file];
                continue;
            }

            if (session.Count == mostFiles || bytes + file.File.Length > mostBytes)
            {
                yield return session;
                (session, bytes) = ([], 0);
            }

            session.Add(file);
            bytes += file.File.Length;
        }

        if (session.Count > 0)
        {
            yield return session;
        }
    }
}

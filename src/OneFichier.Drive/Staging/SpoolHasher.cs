using OneFichier.Hashing;

namespace OneFichier.Drive.Staging;

/// <summary>Checksums of what waits, computed here, and of what is stored, told inside.</summary>
internal sealed class SpoolHasher(IContentHasher inner, SpoolView view, SpoolFiles files) : IContentHasher
{
    public async Task<WhirlpoolHash> HashAsync(Entry file, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (await files.OpenWaitingAsync(file.Path) is not { } waiting)
        {
            return await view.FindAsync(file.Path, cancellationToken) is { IsFolder: false }
                ? await inner.HashAsync(file, bytesRead, cancellationToken)
                : throw new PathNotFoundException(file.Path, EntryKind.File);
        }

        await using (waiting)
        {
            var now = waiting.Entry;
            if (now.Checksum is { } known)
                return known;
            await using var stream = new StagedStream(waiting, 0, now.Size);
            var hash = await Whirlpool.HashDataAsync(stream, cancellationToken);
            bytesRead?.Report(now.Size);
            return waiting.Entry.Id == now.Id ? hash : throw new FichierSourceException(file.Path.ToString(), "was changed while it was being read");
        }
    }
}

using Microsoft.Win32.SafeHandles;
using OneFichier.Hashing;

namespace OneFichier.Drive.Migration;

/// <summary>A file that is read from its source and sent.</summary>
internal sealed class CarriedFile(IMigrationSource source, MigrationItem item, MigrationOptions options) : IAsyncDisposable
{
    private FileStream? _spool;
    private long _length = item.Size ?? -1;

    public MigrationItem Item => item;

    /// <summary>As a file to be put at a path of the account.</summary>
    public NewFile At(VolumePath path) => new(path, _length, async token => options.Throttle(_spool is null ? Counted(await source.OpenAsync(item, token)) : Again())) { ModTime = item.ModTime, Checksum = item.Checksum };

    /// <summary>Finds out the length where the source does not tell it.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (_length >= 0)
            return;

        PrivateFile.MakeFolder(options.SpoolFolder);
        var path = Path.Combine(options.SpoolFolder, $"fichier-migrate-{Guid.NewGuid():N}");
        _spool = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        File.Delete(path);
        await using var content = Counted(await source.OpenAsync(item, cancellationToken));
        await content.CopyToAsync(_spool, cancellationToken);
        await _spool.FlushAsync(cancellationToken);
        _length = _spool.Length;
    }

    /// <summary>The checksum of the content, read for it.</summary>
    public async Task<WhirlpoolHash?> HashAsync(CancellationToken cancellationToken)
    {
        if (await source.HashAsync(item, cancellationToken) is { } known)
            return known;

        await using var content = Counted(await source.OpenAsync(item, cancellationToken));
        return await Whirlpool.HashDataAsync(content, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_spool is not null)
            await _spool.DisposeAsync();
    }

    private Stream Counted(Stream content) => CheckedContent.Over(content, item, n => options.Progress?.Report(new BytesCarried(n)));

    private SpooledContent Again() => new(_spool!.SafeFileHandle);

    /// <summary>The content from its first byte, by a file that has no name any more and so goes with the process.</summary>
    private sealed class SpooledContent(SafeFileHandle file) : ForwardStream(Stream.Null)
    {
        private long _at;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await RandomAccess.ReadAsync(file, buffer, _at, cancellationToken);
            _at += read;
            return read;
        }
    }
}

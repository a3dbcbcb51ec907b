using System.Text;
using OneFichier.Drive.Access;

namespace OneFichier.Server.Audit;

/// <summary>
/// The audit log: lines of JSON that are only ever appended, each bound to the one before by a hash, so that none can be changed, removed or moved without it being found. Any number of
/// processes may write one log; each waits for its turn.
/// </summary>
public sealed class AuditLog : IAccessLog, IAsyncDisposable
{
    private readonly AuditFolder _files;
    private readonly AuditLogOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ITimer _timer;
    private AuditHead? _known;
    private volatile bool _unsynced;

    /// <summary>Uses a folder, made for the owner only.</summary>
    public AuditLog(string folder, TimeProvider time, AuditLogOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_files, _time, _options) = (new AuditFolder(folder), time, options ?? new AuditLogOptions());
        _timer = time.CreateTimer(_ => Sync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public async ValueTask RecordAsync(IReadOnlyList<AccessRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0)
            return;
        await _turn.WaitAsync();
        try
        {
            using var held = await FolderLock.AcquireAsync(_files.Folder, _time, CancellationToken.None);
            Append(records);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException("The audit log cannot be written.", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forces what was written to the disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Sync();
        _turn.Dispose();
    }

    private void Append(IReadOnlyList<AccessRecord> records)
    {
        var end = new AuditEnd(_files).Find(_known);
        using var file = PrivateFile.Open(_files.Active, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var chain = new AuditChain(end, _time.GetUtcNow());
        if (file.Length == 0)
            chain.Begin();
        foreach (var record in records)
            chain.Add(record);
        if (file.Length > 0 && file.Length + chain.Bytes > _options.FileSize)
        {
            file.Flush(flushToDisk: true);
            Rotate(end);
            Append(records);
            return;
        }

        file.Position = end.Length;
        file.SetLength(end.Length);
        file.Write(Encoding.UTF8.GetBytes(chain.Text));
        file.Flush();
        _files.WriteHead(_known = new AuditHead(chain.N, chain.Hash, file.Position));
        Unsynced();
    }

    private void Rotate(AuditHead end)
    {
        using (var reader = new StreamReader(_files.Active))
        {
            var first = AuditText.TryRead(reader.ReadLine() ?? "", out var line, out _, out _) ? line.N : end.N;
            File.Move(_files.Active, _files.FullName(first));
        }

        _files.WriteHead(_known = end with { Length = 0 });
    }

    private void Unsynced()
    {
        if (_unsynced)
            return;
        _unsynced = true;
        _timer.Change(_options.SyncEvery, Timeout.InfiniteTimeSpan);
    }

    private void Sync()
    {
        if (!_unsynced)
            return;
        _unsynced = false;
        try
        {
            using var file = PrivateFile.Open(_files.Active, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // The file is full and was forced to the disk before it was put aside; or the disk is broken, which the next record will say.
        }
    }
}

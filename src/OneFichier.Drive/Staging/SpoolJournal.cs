using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace OneFichier.Drive.Staging;

/// <summary>The list of all changes that wait, one group of records a line, each line with its checksum. A line counts whole or not at all, and so do all behind a broken one.</summary>
internal sealed class SpoolJournal : IDisposable
{
    private const int SumDigits = 8;

    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _syncing = new(1, 1);
    private SafeFileHandle _handle;
    private long _length;
    private long _synced;
    private long _generation;

    private SpoolJournal(string path, SafeFileHandle handle, long length) => (_path, _handle, _length) = (path, handle, length);

    /// <summary>Bytes in it.</summary>
    public long Length => Interlocked.Read(ref _length);

    /// <summary>Opens the journal, and gives what is in it.</summary>
    public static (SpoolJournal Journal, IReadOnlyList<SpoolRecord> Records) Open(string path)
    {
        var handle = OpenFile(path, FileMode.OpenOrCreate);
        try
        {
            var bytes = new byte[RandomAccess.GetLength(handle)];
            for (var at = 0; at < bytes.Length;)
                at += RandomAccess.Read(handle, bytes.AsSpan(at), at) is > 0 and var read ? read : throw new IOException($"'{path}' became shorter while it was being read.");
            var records = new List<SpoolRecord>();
            var good = 0;
            while (Array.IndexOf(bytes, (byte)'\n', good) is >= 0 and var end && Read(bytes.AsSpan(good, end - good)) is { } group)
            {
                records.AddRange(group);
                good = end + 1;
            }

            RandomAccess.SetLength(handle, good);
            return (new SpoolJournal(path, handle, good), records);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Writes records down, together or not at all.</summary>
    /// <exception cref="IOException">The disk is full or broken; nothing was written.</exception>
    public void Append(params IReadOnlyList<SpoolRecord> records)
    {
        if (records.Count == 0)
            return;
        var line = Line(records);
        lock (_gate)
        {
            try
            {
                RandomAccess.Write(_handle, line, _length);
                _length += line.Length;
            }
            catch
            {
                RandomAccess.SetLength(_handle, _length);
                throw;
            }
        }
    }

    /// <summary>Returns when all that was appended is on the disk. Who comes while another waits for the disk shares the next time.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        long wanted, generation;
        lock (_gate)
            (wanted, generation) = (_length, _generation);
        await _syncing.WaitAsync(cancellationToken);
        try
        {
            SafeFileHandle handle;
            long reached;
            lock (_gate)
            {
                if (generation != _generation || _synced >= wanted)
                    return;
                (handle, reached) = (_handle, _length);
            }

            await Task.Run(() => RandomAccess.FlushToDisk(handle), CancellationToken.None);
            lock (_gate)
                _synced = reached;
        }
        finally
        {
            _syncing.Release();
        }
    }

    /// <summary>Puts the same in fewer words in the place of all that was written.</summary>
    /// <param name="groups">What is to be in it; asked for while nothing can be appended.</param>
    public void Rewrite(Func<IEnumerable<IReadOnlyList<SpoolRecord>>> groups)
    {
        _syncing.Wait();
        try
        {
            lock (_gate)
            {
                (_handle, var before) = (Written(groups()), _handle);
                before.Dispose();
                _synced = _length = RandomAccess.GetLength(_handle);
                _generation++;
            }
        }
        finally
        {
            _syncing.Release();
        }
    }

    public void Dispose()
    {
        _handle.Dispose();
        _syncing.Dispose();
    }

    private SafeFileHandle Written(IEnumerable<IReadOnlyList<SpoolRecord>> groups)
    {
        var fresh = OpenFile(_path + ".new", FileMode.Create);
        try
        {
            var length = 0L;
            foreach (var line in groups.Where(g => g.Count > 0).Select(Line))
            {
                RandomAccess.Write(fresh, line, length);
                length += line.Length;
            }

            RandomAccess.FlushToDisk(fresh);
            File.Move(_path + ".new", _path, overwrite: true);
            DiskSync.Folder(Path.GetDirectoryName(_path)!);
            return fresh;
        }
        catch
        {
            fresh.Dispose();
            throw;
        }
    }

    private static SafeFileHandle OpenFile(string path, FileMode mode) => File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    private static byte[] Line(IReadOnlyList<SpoolRecord> records)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes([.. records], SpoolJson.Default.SpoolRecordArray);
        return [.. Encoding.ASCII.GetBytes(Crc32C.Of(body).ToString("x8")), (byte)' ', .. body, (byte)'\n'];
    }

    private static SpoolRecord[]? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length < SumDigits + 1 || !uint.TryParse(line[..SumDigits], System.Globalization.NumberStyles.HexNumber, null, out var sum) || sum != Crc32C.Of(line[(SumDigits + 1)..]))
            return null;
        return JsonSerializer.Deserialize(line[(SumDigits + 1)..], SpoolJson.Default.SpoolRecordArray);
    }
}

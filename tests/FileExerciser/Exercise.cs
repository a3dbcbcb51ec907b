using System.IO.MemoryMappedFiles;

namespace FileExerciser;

/// <summary>A file and what must be in it. Each step does something at random to both, or compares them.</summary>
internal sealed class Exercise : IDisposable
{
    private const int LargestFile = 300_000;
    private const int LargestPiece = 70_000;
    private readonly Random _random;
    private readonly byte[] _model = new byte[LargestFile];
    private string _path;
    private FileStream _file;
    private int _length;
    private int _names;

    public Exercise(string path, int seed) => (_path, _random, _file) = (path, new Random(seed), Open(path, FileMode.Create));

    public List<string> Log { get; } = [];

    public void Step()
    {
        Action act = _random.Next(100) switch
        {
            < 25 => Write,
            < 50 => Read,
            < 60 => Truncate,
            < 70 => MappedRead,
            < 80 => MappedWrite,
            < 85 => Append,
            < 89 => Reopen,
            < 93 => Rename,
            < 96 => () => Flush(),
            _ => CheckAll,
        };
        act();
    }

    public void CheckAll()
    {
        Log.Add($"check all, length {_length}");
        var found = File.ReadAllBytes(_path);
        Compare(found, 0, _length);
    }

    public void Dispose() => _file.Dispose();

    // Without a buffer, so that each call is one of the system.
    private static FileStream Open(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private (int Offset, int Length) Piece(int end)
    {
        var offset = _random.Next(end);
        return (offset, Math.Min(1 + _random.Next(_random.Next(2) == 0 ? 5000 : LargestPiece), end - offset));
    }

    private void Write()
    {
        var (offset, length) = Piece(LargestFile);
        Log.Add($"write {offset}+{length}");
        WriteAt(offset, length, bytes => RandomAccess.Write(_file.SafeFileHandle, bytes, offset));
    }

    private void Append()
    {
        var length = Math.Min(_random.Next(1, 9000), LargestFile - _length);
        if (length <= 0)
            return;
        Log.Add($"append {_length}+{length}");
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        WriteAt(_length, length, bytes => file.Write(bytes));
    }

    private void WriteAt(int offset, int length, Action<byte[]> write)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        write(bytes);
        bytes.CopyTo(_model, offset);
        _length = Math.Max(_length, offset + length);
    }

    private void Read()
    {
        var (offset, length) = Piece(LargestFile);
        Log.Add($"read {offset}+{length}");
        var bytes = new byte[length];
        var read = RandomAccess.Read(_file.SafeFileHandle, bytes, offset);
        Compare(bytes.AsSpan(0, read), offset, Math.Clamp(_length - offset, 0, length));
    }

    private void Truncate()
    {
        var length = _random.Next(LargestFile);
        Log.Add($"truncate {length}");
        if (_random.Next(2) == 0)
        {
            _file.SetLength(length);
        }
        else
        {
            using var other = Open(_path, FileMode.Open);
            other.SetLength(length);
        }

        if (length < _length)
            _model.AsSpan(length, _length - length).Clear();
        _length = length;
    }

    private void MappedRead()
    {
        if (_length == 0)
            return;
        var (offset, length) = Piece(_length);
        Log.Add($"mapped read {offset}+{length}");
        using var map = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        using var view = map.CreateViewStream(offset, length, MemoryMappedFileAccess.Read);
        var bytes = new byte[length];
        view.ReadExactly(bytes);
        Compare(bytes, offset, length);
    }

    private void MappedWrite()
    {
        if (_length == 0)
            return;
        var (offset, length) = Piece(_length);
        Log.Add($"mapped write {offset}+{length}");
        using var map = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        using var view = map.CreateViewStream(offset, length, MemoryMappedFileAccess.ReadWrite);
        WriteAt(offset, length, bytes => view.Write(bytes, 0, bytes.Length));
    }

    private void Reopen()
    {
        Log.Add("reopen");
        _file.Dispose();
        _file = Open(_path, FileMode.Open);
    }

    private void Rename()
    {
        var name = $"{_path.Split('~')[0]}~{++_names}";
        Log.Add($"rename to {Path.GetFileName(name)}");
        File.Move(_path, name);
        _path = name;
    }

    private void Flush()
    {
        Log.Add("sync");
        _file.Flush(flushToDisk: true);
    }

    private void Compare(ReadOnlySpan<byte> found, int offset, int length)
    {
        if (found.Length != length)
            throw new InvalidDataException($"{found.Length} bytes at {offset} where {length} are due (the file has {_length})");
        var same = found.CommonPrefixLength(_model.AsSpan(offset, length));
        if (same < length)
            throw new InvalidDataException($"byte {offset + same} is {found[same]:x2} where {_model[offset + same]:x2} is due (the file has {_length})");
    }
}

namespace OneFichier.Governor;

/// <summary>The open ledger file. Whoever has it open has it alone; the kernel takes it back from a process that dies.</summary>
internal sealed class LedgerFile : IDisposable
{
    private const int SpinsBeforeSleep = 8;
    private const int MostBytes = 4 << 20;
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(1);

    private readonly FileStream _stream;

    private LedgerFile(FileStream stream, bool isNew, byte[] content) => (_stream, IsNew, Content) = (stream, isNew, content);

    /// <summary>Whether there was no such file before.</summary>
    public bool IsNew { get; }

    /// <summary>What was in it when it was opened.</summary>
    public byte[] Content { get; }

    /// <summary>Opens the file when nobody else has it; makes it, and its folder, for the owner's eyes only when there is none.</summary>
    /// <exception cref="IOException">It cannot be opened, whoever has it.</exception>
    public static async ValueTask<LedgerFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var isNew = !File.Exists(path);
                if (isNew)
                    MakeFolder(Path.GetDirectoryName(path)!);
                return Load(new FileStream(path, Options()), isNew);
            }
            catch (IOException e) when (IsTaken(e))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (tries < SpinsBeforeSleep)
                Thread.Yield();
            else
                await Task.Delay(s_betweenTries, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_stream.SafeFileHandle, bytes, 0);
        if (RandomAccess.GetLength(_stream.SafeFileHandle) != bytes.Length)
            RandomAccess.SetLength(_stream.SafeFileHandle, bytes.Length);
    }

    public void Dispose() => _stream.Dispose();

    private static LedgerFile Load(FileStream stream, bool isNew)
    {
        try
        {
            var content = new byte[Math.Min(stream.Length, MostBytes)];
            return new(stream, isNew, content[..RandomAccess.Read(stream.SafeFileHandle, content, 0)]);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static bool IsTaken(IOException e) => (e.HResult, OperatingSystem.IsWindows(), OperatingSystem.IsMacOS()) switch
    {
        (unchecked((int)0x80070020), true, _) => true,
        (35, false, true) => true,
        (11, false, false) => true,
        _ => false,
    };
}

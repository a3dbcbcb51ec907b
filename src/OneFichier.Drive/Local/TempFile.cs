using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace OneFichier.Drive.Local;

/// <summary>
/// A file being written beside the one it will replace. Its name is never shown. While it is written it is locked, so whoever finds one unlocked and old knows that nobody will finish it.
/// </summary>
internal sealed class TempFile : IAsyncDisposable
{
    private const string Prefix = ".fichier-";
    private const string Suffix = ".tmp";
    private const string PartSuffix = ".part";
    private const int DigitCount = 32;
    private const long WorthReserving = 1 << 20;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);
    private static readonly TimeSpan PartAbandoned = TimeSpan.FromDays(30);

    private bool _placed;

    private TempFile(string path, FileStream stream) => (Path, Stream) = (path, stream);

    public string Path { get; }

    public FileStream Stream { get; }

    public static bool IsOne(string name) =>
        name.Length > Prefix.Length + DigitCount && name.StartsWith(Prefix, StringComparison.Ordinal) && name[(Prefix.Length + DigitCount)..] is Suffix or PartSuffix
        && !name.AsSpan(Prefix.Length, DigitCount).ContainsAnyExcept(Digits);

    /// <summary>Where the bytes of a fetched file gather, run after run: a name made of the file's.</summary>
    public static string PartOf(string target)
    {
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(target))))[..DigitCount];
        return System.IO.Path.Join(System.IO.Path.GetDirectoryName(target), Prefix + digits + PartSuffix);
    }

    /// <param name="folder">The folder on the disk.</param>
    /// <param name="length">How many bytes are coming: a full disk says so now rather than at the end.</param>
    /// <param name="mode">Who may use it while it is written; <see langword="null"/> for what the process gives to new files.</param>
    public static TempFile Create(string folder, long length, UnixFileMode? mode)
    {
        var path = System.IO.Path.Join(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
            PreallocationSize = length >= WorthReserving ? length : 0,
        };
        if (!OperatingSystem.IsWindows() && mode is not null)
            options.UnixCreateMode = mode;
        return new TempFile(path, new FileStream(path, options));
    }

    /// <summary>Puts it in its place in one step, still locked, so that nobody takes it for abandoned in between.</summary>
    public void Place(string target, bool replace)
    {
        File.Move(Path, target, replace);
        _placed = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (!_placed)
            File.Delete(Path);
    }

    /// <summary>Removes what a killed process has left in a folder.</summary>
    /// <param name="folder">The folder on the disk.</param>
    /// <param name="now">The time; <see langword="null"/> to remove fresh ones too, if nobody writes them.</param>
    public static void Clean(string folder, DateTimeOffset? now)
    {
        foreach (var name in DiskTree.NamesIn(folder).Where(IsOne).ToList())
        {
            var path = System.IO.Path.Join(folder, name);
            var patience = name.EndsWith(PartSuffix, StringComparison.Ordinal) ? PartAbandoned : Abandoned;
            if (now is null || now.Value.UtcDateTime - File.GetLastWriteTimeUtc(path) > patience)
                RemoveUnlocked(path);
        }
    }

    private static void RemoveUnlocked(string path)
    {
        try
        {
            using var proof = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None);
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody writes it, or has removed it already.
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OneFichier.Server.Backup;

/// <summary>
/// The right to work on a backup set, which one process has at a time and loses with its life. The mark of the run stands in the lock's file, so that a restic that outlived its killed
/// fichier is found by it and ended: it speaks to a gateway that is gone, and keeps a lock.
/// </summary>
public sealed class BackupClaim : IDisposable
{
    private const int MarkLength = 32;

    private readonly FileStream _lock;

    private BackupClaim(FileStream held, string mark) => (_lock, Mark) = (held, mark);

    /// <summary>Marks the processes of this run.</summary>
    public string Mark { get; }

    /// <summary>Takes it.</summary>
    /// <param name="folder">The folder of the set's state; made when missing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FichierUnavailableException">Another process has it.</exception>
    public static async Task<BackupClaim> TakeAsync(string folder, CancellationToken cancellationToken = default)
    {
        PrivateFile.MakeFolder(folder);
        var held = Open(Path.Combine(folder, "lock"));
        try
        {
            await EndLeftAsync(await ReadAsync(held, cancellationToken), cancellationToken);
            var mark = RandomNumberGenerator.GetHexString(MarkLength, lowercase: true);
            held.SetLength(0);
            await held.WriteAsync(Encoding.ASCII.GetBytes(mark), cancellationToken);
            await held.FlushAsync(cancellationToken);
            return new BackupClaim(held, mark);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Open(string path)
    {
        try
        {
            return PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException e)
        {
            throw new FichierUnavailableException("Another fichier works on this backup set.", e) { Remedy = "Try again when it has ended." };
        }
    }

    private static async Task<string> ReadAsync(FileStream held, CancellationToken cancellationToken)
    {
        var bytes = new byte[MarkLength];
        var read = await held.ReadAtLeastAsync(bytes, MarkLength, throwOnEndOfStream: false, cancellationToken);
        held.Position = 0;
        return Encoding.ASCII.GetString(bytes, 0, read);
    }

    private static async Task EndLeftAsync(string mark, CancellationToken cancellationToken)
    {
        if (mark.Length != MarkLength || !Directory.Exists("/proc/self"))
            return;
        var sought = $"{ResticAccess.MarkVariable}={mark}\0";
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Environment(folder).Contains(sought, StringComparison.Ordinal))
                await EndAsync(number, cancellationToken);
        }
    }

    private static string Environment(string folder)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(folder, "environ"))) + '\0';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task EndAsync(int number, CancellationToken cancellationToken)
    {
        try
        {
            using var left = Process.GetProcessById(number);
            left.Kill();
            await left.WaitForExitAsync(cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}

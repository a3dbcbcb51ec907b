using System.Security.Cryptography;
using System.Text;

namespace OneFichier.Drive.Staging;

/// <summary>Tells one content from every other, wherever it lies: a file that is replaced has another, one that is renamed the same.</summary>
internal readonly record struct ContentKey(string Name, long Size)
{
    private const int Digits = 32;

    /// <summary>The key of a listed file; <see langword="null"/> when a later content under its name could not be told from it.</summary>
    public static ContentKey? Of(Entry file)
    {
        var text = file switch
        {
            { IsFolder: true } => null,
            { Checksum: { } checksum } => $"content {checksum} {file.Size}",
            { Id: { } id } => $"file {id} {file.Size} {file.ModTime?.UtcTicks}",
            _ => null,
        };
        return text is null ? null : new ContentKey(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits], file.Size);
    }
}

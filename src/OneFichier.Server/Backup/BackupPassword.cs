using System.Security.Cryptography;

namespace OneFichier.Server.Backup;

/// <summary>Passwords of repositories that are made here: 150 random bits, in groups that can be written down by hand.</summary>
public static class BackupPassword
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz023456789";
    private const int Groups = 6;
    private const int Length = 5;

    /// <summary>A new one.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, Length)));
}

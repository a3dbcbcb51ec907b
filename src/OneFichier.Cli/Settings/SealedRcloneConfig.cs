using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive.Crypt.Primitives;

namespace OneFichier.Cli.Settings;

/// <summary>An <c>rclone.conf</c> that is encrypted: behind a line that says so, base64 of a nonce and a secretbox, whose key is the SHA-256 of the password in rclone's brackets.</summary>
internal static class SealedRcloneConfig
{
    private const string Mark = "RCLONE_ENCRYPT_V";
    private const string KnownMark = Mark + "0:";

    public static bool IsOne(string text) => FirstLine(text).StartsWith(Mark, StringComparison.Ordinal);

    /// <exception cref="RcloneConfigException">The password is missing or wrong, or this is a later form of encryption.</exception>
    public static string Open(string text, string? password)
    {
        if (FirstLine(text) != KnownMark)
            throw new RcloneConfigException("The configuration of rclone is encrypted in a form that is not known here.");
        if (string.IsNullOrWhiteSpace(password))
            throw new RcloneConfigException("The configuration of rclone is encrypted: its password is needed.", needsPassword: true);

        var box = Box(text[(text.IndexOf(KnownMark, StringComparison.Ordinal) + KnownMark.Length)..]);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"[{password}][rclone-config]"));
        var plain = new byte[box.Length - SecretBox.NonceSize - SecretBox.Overhead];
        var opened = SecretBox.TryOpen(key, box.AsSpan(0, SecretBox.NonceSize), box.AsSpan(SecretBox.NonceSize), plain);
        CryptographicOperations.ZeroMemory(key);
        return opened
            ? Encoding.UTF8.GetString(plain)
            : throw new RcloneConfigException("The configuration of rclone does not open with this password.", needsPassword: true);
    }

    private static byte[] Box(string base64)
    {
        var box = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, box, out var length) && length >= SecretBox.NonceSize + SecretBox.Overhead
            ? box[..length]
            : throw new RcloneConfigException("The encrypted configuration of rclone is damaged.");
    }

    private static string FirstLine(string text) =>
        text.TrimStart('\uFEFF').Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && l[0] is not ('#' or ';')) ?? "";
}

using System.Security.Cryptography;
using OneFichier.Drive.Crypt.Primitives;

namespace OneFichier.Drive.Crypt;

/// <summary>Encrypts the bytes of one name. Any number of threads may use it.</summary>
internal sealed class NameCipher : IDisposable
{
    /// <summary>The most bytes a name may have.</summary>
    public const int LongestName = Eme.LongestMessage - 1;

    private readonly Lock _gate = new();
    private readonly byte[] _tweak;
    private readonly Eme _eme;

    public NameCipher(ReadOnlySpan<byte> key, ReadOnlySpan<byte> tweak)
    {
        var copy = key.ToArray();
        _tweak = tweak.ToArray();
        _eme = new Eme(copy);
        foreach (var value in key)
            KeySum += value;
        CryptographicOperations.ZeroMemory(copy);
    }

    /// <summary>The sum of the bytes of the key: all of it that obfuscation uses.</summary>
    public int KeySum { get; }

    public byte[] Encrypt(ReadOnlySpan<byte> name)
    {
        var message = Pkcs7.Pad(name);
        lock (_gate)
            _eme.Encrypt(_tweak, message);
        return message;
    }

    /// <returns><see langword="null"/> when these bytes are no encrypted name.</returns>
    public ReadOnlyMemory<byte>? Decrypt(byte[] encrypted)
    {
        if (encrypted.Length is 0 or > Eme.LongestMessage || encrypted.Length % Eme.BlockSize != 0)
            return null;
        lock (_gate)
            _eme.Decrypt(_tweak, encrypted);
        return Pkcs7.UnpaddedLength(encrypted) is { } length ? encrypted.AsMemory(0, length) : null;
    }

    public void Dispose()
    {
        lock (_gate)
            _eme.Dispose();
        CryptographicOperations.ZeroMemory(_tweak);
    }
}

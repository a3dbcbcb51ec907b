using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive.Crypt.Primitives;

namespace OneFichier.Drive.Crypt;

/// <summary>
/// The keys of an encrypted volume, derived from its passwords with scrypt as rclone does. That takes a tenth of a second: derive once, and dispose of them when all that use them are done.
/// </summary>
public sealed class CryptKeys : IDisposable
{
    private const int DataKeySize = 32;
    private const int NameKeySize = 32;
    private const int TweakSize = 16;

    private static readonly ScryptCost Cost = new(16384, 8, 1);

    private static readonly byte[] DefaultSalt = Convert.FromHexString("a80df43a8fbd0308a7cab83e581f86b1");

    private readonly byte[] _bytes = GC.AllocateArray<byte>(DataKeySize + NameKeySize + TweakSize, pinned: true);
    private bool _disposed;

    private CryptKeys(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt)
    {
        Scrypt.DeriveKey(password, salt, Cost, _bytes);
        Names = new NameCipher(_bytes.AsSpan(DataKeySize, NameKeySize), _bytes.AsSpan(DataKeySize + NameKeySize));
        Fingerprint = Convert.ToHexStringLower(HMACSHA256.HashData(_bytes, "fichier: whose keys"u8).AsSpan(0, 8));
    }

    /// <summary>Tells these keys from others and says nothing about them.</summary>
    public string Fingerprint { get; }

    internal NameCipher Names { get; }

    internal ReadOnlySpan<byte> DataKey
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes.AsSpan(0, DataKeySize);
        }
    }

    /// <summary>Derives the keys.</summary>
    /// <param name="password">The password (rclone's <c>password</c>, revealed).</param>
    /// <param name="salt">The second password (<c>password2</c>), where there is one; without it all volumes of one password share their keys.</param>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public static CryptKeys Derive(string password, string? salt = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        var secret = Encoding.UTF8.GetBytes(password);
        var second = string.IsNullOrEmpty(salt) ? DefaultSalt.ToArray() : Encoding.UTF8.GetBytes(salt);
        try
        {
            return new CryptKeys(secret, second);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(second);
        }
    }

    /// <summary>The fingerprint, in words.</summary>
    public override string ToString() => $"keys {Fingerprint}";

    /// <summary>Overwrites the keys. Whatever used them fails from now on.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
        Names.Dispose();
    }
}

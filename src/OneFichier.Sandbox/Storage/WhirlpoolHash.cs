namespace OneFichier.Sandbox.Storage;

/// <summary>An incremental Whirlpool over OpenSSL.</summary>
internal sealed class WhirlpoolHash : IDisposable
{
    public const int Length = 64;

    private readonly nint context = LibCrypto.EVP_MD_CTX_new();

    public WhirlpoolHash() => Check(LibCrypto.EVP_DigestInit_ex(context, LibCrypto.Whirlpool, 0));

    public void Append(ReadOnlySpan<byte> data) => Check(LibCrypto.EVP_DigestUpdate(context, data, (nuint)data.Length));

    public byte[] Finish()
    {
        var digest = new byte[Length];
        Check(LibCrypto.EVP_DigestFinal_ex(context, digest, 0));
        return digest;
    }

    public void Dispose() => LibCrypto.EVP_MD_CTX_free(context);

    private static void Check(int result)
    {
        if (result != 1)
            throw new InvalidOperationException("libcrypto could not hash.");
    }
}

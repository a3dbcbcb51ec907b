using System.Runtime.InteropServices;

namespace OneFichier.Bench;

/// <summary>OpenSSL 3 with its legacy provider, by the EVP interface.</summary>
internal static partial class WhirlpoolOpenSsl
{
    private const string Library = "libcrypto.so.3";

    public static WhirlpoolContender Open()
    {
        var legacy = LoadProvider(0, "legacy");
        var algorithm = Fetch(0, "WHIRLPOOL", null);
        return legacy != 0 && algorithm != 0
            ? WhirlpoolContender.InProcess(Marshal.PtrToStringUTF8(Version(0))!.Split("  ")[0], content => Hash(algorithm, content))
            : throw new DllNotFoundException("OpenSSL has no legacy provider here.");
    }

    private static WhirlpoolHash Hash(nint algorithm, byte[] content)
    {
        var digest = new byte[WhirlpoolHash.Size];
        if (Digest(content, (nuint)content.Length, digest, 0, algorithm, 0) != 1)
            throw new InvalidOperationException("OpenSSL could not hash.");
        return WhirlpoolHash.FromBytes(digest);
    }

    [LibraryImport(Library, EntryPoint = "OSSL_PROVIDER_load", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LoadProvider(nint context, string name);

    [LibraryImport(Library, EntryPoint = "EVP_MD_fetch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Fetch(nint context, string algorithm, string? properties);

    [LibraryImport(Library, EntryPoint = "OpenSSL_version")]
    private static partial nint Version(int kind);

    [LibraryImport(Library, EntryPoint = "EVP_Digest")]
    private static partial int Digest(ReadOnlySpan<byte> data, nuint length, Span<byte> digest, nint size, nint algorithm, nint engine);
}

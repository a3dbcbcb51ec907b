using System.Runtime.InteropServices;

namespace OneFichier.Bench;

/// <summary>libgcrypt 1.8 or later, by its own interface.</summary>
internal static partial class WhirlpoolGcrypt
{
    private const string Library = "libgcrypt.so.20";
    private const int Whirlpool = 305;

    public static WhirlpoolContender Open() =>
        WhirlpoolContender.InProcess($"libgcrypt {Marshal.PtrToStringUTF8(CheckVersion(null))}", Hash);

    private static WhirlpoolHash Hash(byte[] content)
    {
        var digest = new byte[WhirlpoolHash.Size];
        HashBuffer(Whirlpool, digest, content, (nuint)content.Length);
        return WhirlpoolHash.FromBytes(digest);
    }

    [LibraryImport(Library, EntryPoint = "gcry_check_version", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint CheckVersion(string? required);

    [LibraryImport(Library, EntryPoint = "gcry_md_hash_buffer")]
    private static partial void HashBuffer(int algorithm, Span<byte> digest, ReadOnlySpan<byte> buffer, nuint length);
}

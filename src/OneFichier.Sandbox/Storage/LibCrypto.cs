using System.Reflection;
using System.Runtime.InteropServices;

namespace OneFichier.Sandbox.Storage;

/// <summary>The few functions of OpenSSL 3's libcrypto the sandbox needs, and its Whirlpool in a library context of our own.</summary>
internal static partial class LibCrypto
{
    private const string Name = "libcrypto";

    private static readonly Lazy<nint> Library = new(Load);
    private static readonly Lazy<nint> WhirlpoolDigest = new(FetchWhirlpool);

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Resolve);

    /// <summary>The digest to give to <see cref="EVP_DigestInit_ex"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 or its legacy provider is not installed.</exception>
    public static nint Whirlpool => WhirlpoolDigest.Value;

    [LibraryImport(Name)]
    internal static partial nint EVP_MD_CTX_new();

    [LibraryImport(Name)]
    internal static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Name)]
    internal static partial int EVP_DigestInit_ex(nint context, nint digest, nint engine);

    [LibraryImport(Name)]
    internal static partial int EVP_DigestUpdate(nint context, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Name)]
    internal static partial int EVP_DigestFinal_ex(nint context, Span<byte> digest, nint length);

    [LibraryImport(Name)]
    private static partial nint OSSL_LIB_CTX_new();

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OSSL_PROVIDER_load(nint context, string name);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint EVP_MD_fetch(nint context, string algorithm, nint properties);

    private static nint FetchWhirlpool()
    {
        var context = OSSL_LIB_CTX_new();
        _ = OSSL_PROVIDER_load(context, "default");
        _ = OSSL_PROVIDER_load(context, "legacy");
        var digest = EVP_MD_fetch(context, "whirlpool", 0);
        return digest != 0 ? digest : throw new PlatformNotSupportedException(
            "The sandbox hashes with OpenSSL, and this OpenSSL has no Whirlpool: its legacy provider (ossl-modules/legacy) is not installed.");
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path) =>
        library == Name ? Library.Value : 0;

    private static nint Load()
    {
        string[] names = OperatingSystem.IsWindows() ? ["libcrypto-3-x64.dll", "libcrypto-3-arm64.dll"]
            : OperatingSystem.IsMacOS() ? ["libcrypto.3.dylib"]
            : ["libcrypto.so.3"];
        foreach (var name in names)
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        throw new PlatformNotSupportedException($"The sandbox hashes with OpenSSL 3, whose {names[0]} was not found.");
    }
}

using OneFichier.Drive.Crypt;
using OneFichier.Drive.Tests.Volumes;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>What every volume promises, of the encrypted one in each of its layouts.</summary>
public abstract class EncryptedVolumeSuite(CryptOptions options) : VolumeSuite
{
    protected override int Steps => 40;

    protected override Task<IVolume> CreateAsync() => Task.FromResult<IVolume>(new EncryptedVolume(new MemoryVolume(), TestKeys.Salted, options));
}

public sealed class VolumeWithStandardNamesTests() : EncryptedVolumeSuite(new());

public sealed class VolumeWithNamesInBase64Tests() : EncryptedVolumeSuite(new() { Encoding = NameEncoding.Base64 });

public sealed class VolumeWithNamesInBase32768Tests() : EncryptedVolumeSuite(new() { Encoding = NameEncoding.Base32768 });

public sealed class VolumeWithPlainFolderNamesTests() : EncryptedVolumeSuite(new() { EncryptFolderNames = false });

public sealed class VolumeWithObfuscatedNamesTests() : EncryptedVolumeSuite(new() { Names = NameEncryption.Obfuscate });

public sealed class VolumeWithObfuscatedFileNamesTests() : EncryptedVolumeSuite(new() { Names = NameEncryption.Obfuscate, EncryptFolderNames = false });

public sealed class VolumeWithPlainNamesTests() : EncryptedVolumeSuite(new() { Names = NameEncryption.Off });

public sealed class VolumeWithPlainNamesAndNoSuffixTests() : EncryptedVolumeSuite(new() { Names = NameEncryption.Off, Suffix = "" });

public sealed class VolumeWithPlainNamesAndAnotherSuffixTests() : EncryptedVolumeSuite(new() { Names = NameEncryption.Off, Suffix = ".sealed" });

public sealed class VolumeWithPlainContentTests() : EncryptedVolumeSuite(new() { EncryptContent = false });

using System.Text;
using OneFichier.Drive.Crypt;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>A tree of some five hundred awkward files: what rclone encrypts is read here, what is encrypted here is read and checked by rclone.</summary>
public sealed class CryptAgainstRclone : IDisposable
{
    private const int Seed = 15;
    private static readonly int[] Sizes = [0, 1, 15, 16, 17, 65_535, 65_536, 65_537, 131_072, 5_000_003];

    private readonly TempFolder _folder = new();

    public static TheoryData<NameEncryption, NameEncoding, bool, bool> Layouts => new()
    {
        { NameEncryption.Standard, NameEncoding.Base32, true, true },
        { NameEncryption.Standard, NameEncoding.Base32, true, false },
        { NameEncryption.Standard, NameEncoding.Base32, false, true },
        { NameEncryption.Standard, NameEncoding.Base64, true, true },
        { NameEncryption.Standard, NameEncoding.Base32768, true, true },
        { NameEncryption.Standard, NameEncoding.Base32768, false, false },
        { NameEncryption.Obfuscate, NameEncoding.Base32, true, true },
        { NameEncryption.Obfuscate, NameEncoding.Base32, false, false },
        { NameEncryption.Off, NameEncoding.Base32, true, true },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task What_rclone_encrypted_is_read_here_name_by_name_and_byte_by_byte(NameEncryption names, NameEncoding encoding, bool folderNames, bool salted)
    {
        Rclone.SkipUnlessInstalled();
        var options = new CryptOptions { Names = names, Encoding = encoding, EncryptFolderNames = folderNames };
        var plain = await PlainTreeAsync(options);
        Rclone.Run(Configuration(options, salted), ["copy", "--no-unicode-normalization", _folder["plain"], "crypt:", "--create-empty-src-dirs"]);

        var encrypted = new EncryptedVolume(new LocalVolume(_folder["encrypted"]), salted ? TestKeys.Salted : TestKeys.Unsalted, options);
        Assert.Equal(await ContentsAsync(plain), await ContentsAsync(encrypted));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task What_is_encrypted_here_is_read_and_checked_by_rclone(NameEncryption names, NameEncoding encoding, bool folderNames, bool salted)
    {
        Rclone.SkipUnlessInstalled();
        var options = new CryptOptions { Names = names, Encoding = encoding, EncryptFolderNames = folderNames };
        await PlainTreeAsync(options);
        var encrypted = new EncryptedVolume(new LocalVolume(_folder["encrypted"]), salted ? TestKeys.Salted : TestKeys.Unsalted, options);
        Assert.All(await encrypted.PutAsync([.. Tree(options)]), r => Assert.Null(r.Error));

        var configuration = Configuration(options, salted);
        Rclone.Run(configuration, ["cryptcheck", "--no-unicode-normalization", _folder["plain"], "crypt:"]);
        Rclone.Run(configuration, ["check", "--no-unicode-normalization", "--download", _folder["plain"], "crypt:"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_that_is_left_plain_is_so_on_both_sides(bool rcloneWrites)
    {
        Rclone.SkipUnlessInstalled();
        var options = new CryptOptions { EncryptContent = false };
        var plain = await PlainTreeAsync(options);
        var encrypted = new EncryptedVolume(new LocalVolume(_folder["encrypted"]), TestKeys.Salted, options);
        var configuration = Configuration(options, salted: true);
        if (rcloneWrites)
            Rclone.Run(configuration, ["copy", "--no-unicode-normalization", _folder["plain"], "crypt:"]);
        else
            Assert.All(await encrypted.PutAsync([.. Tree(options)]), r => Assert.Null(r.Error));
        Rclone.Run(configuration, ["check", "--no-unicode-normalization", "--download", _folder["plain"], "crypt:"]);
        Assert.Equal(await ContentsAsync(plain), await ContentsAsync(encrypted));
    }

    private string Configuration(CryptOptions options, bool salted) =>
        _folder.Write("rclone.conf", Encoding.UTF8.GetBytes(Rclone.Configuration(_folder["encrypted"], options, salted)));

    private async Task<LocalVolume> PlainTreeAsync(CryptOptions options)
    {
        var plain = new LocalVolume(_folder["plain"]);
        Assert.All(await plain.PutAsync([.. Tree(options)]), r => Assert.Null(r.Error));
        return plain;
    }

    /// <summary>rclone stores the name U+FF0E before a suffix in a way that it reads back as another.</summary>
    private static IEnumerable<NewFile> Tree(CryptOptions options)
    {
        var names = CryptTestNames.OnDisk(Seed, 500).Where(n => options.Names != NameEncryption.Off || n != "\uff0e").ToArray();
        return names.Select((name, n) =>
        {
            var content = Pattern.Bytes(n < Sizes.Length ? Sizes[n] : n % 300, n);
            var folder = n % 3 == 0 ? VolumePath.Root : n % 3 == 1 ? VolumePath.Root.Combine("folder").Combine(FolderName(names[n % 40])) : VolumePath.Root.Combine(names[n % 20] + " folder");
            return new NewFile(folder.Combine(name), content.Length, _ => new ValueTask<Stream>(new MemoryStream(content))) { ModTime = DateTimeOffset.UnixEpoch.AddDays(n) };
        });
    }

    /// <summary>rclone itself does not find what it puts into a folder whose name bears the mark of a version.</summary>
    private static string FolderName(string name) => name.Replace("-v2", "-w2", StringComparison.Ordinal);

    private static async Task<List<string>> ContentsAsync(IVolume volume)
    {
        var lines = new List<string>();
        var folders = new Stack<VolumePath>([VolumePath.Root]);
        while (folders.TryPop(out var folder))
        {
            var contents = await volume.ListAsync(folder);
            Assert.Empty(contents.Notes);
            foreach (var entry in contents.Entries)
            {
                if (entry.IsFolder)
                    folders.Push(entry.Path);
                else
                    lines.Add($"{entry.Path} {entry.Size} {await HashAsync(volume, entry.Path)}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static async Task<string> HashAsync(IVolume volume, VolumePath file)
    {
        await using var stream = await volume.OpenAsync(file);
        return (await Hashing.Whirlpool.HashDataAsync(stream)).ToString()[..16];
    }
}

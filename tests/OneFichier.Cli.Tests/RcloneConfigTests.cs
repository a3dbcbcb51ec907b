using System.Diagnostics;
using System.Security.Cryptography;
using OneFichier.Cli.Settings;
using OneFichier.Drive.Crypt;
using OneFichier.Drive.Crypt.Primitives;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

/// <summary>What is read of an <c>rclone.conf</c>, and what is made of it.</summary>
public sealed class RcloneConfigTests
{
    private const string Start = "0123456789abcdef";

    private static readonly string Password = Obscured.Obscure("the password", System.Text.Encoding.ASCII.GetBytes(Start));

    [Fact]
    public void Sections_options_comments_and_quotes_are_read_as_rclone_writes_them()
    {
        var config = Parse(""""

            # a comment
            ; another
            [one]
            type = fichier
            api_key =  abc=def:ghi
            empty =

            [two words]
            type=drive
            quoted = `a ` b`
            tripled = """x"""
            [one]
            cdn = true
            """");
        Assert.Equal(["one", "two words"], config.Remotes.Select(r => r.Name));
        Assert.Equal(("fichier", "abc=def:ghi", "true", null), (config.Remotes[0].Type, config.Remotes[0]["api_key"], config.Remotes[0]["cdn"], config.Remotes[0]["empty"]));
        Assert.Equal(("a ` b", "x"), (config.Find("two words")!["quoted"], config.Find("two words")!["tripled"]));
        Assert.Null(config.Find("ONE"));
    }

    [Theory]
    [InlineData("[one]\nnonsense", "Line 2")]
    [InlineData("key = value", "Line 1")]
    public void What_is_no_configuration_is_refused_by_its_line(string text, string line) =>
        Assert.StartsWith(line, Assert.Throws<RcloneConfigException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_account_is_its_key_and_notes_about_the_rest()
    {
        var import = RcloneImport.From(Parse("[fich]\ntype = fichier\napi_key = KEY\nfile_password = xyz\ncdn = true\n[plain]\ntype = fichier\napi_key = OTHER\ncdn = false"));
        Assert.Equal([("fich", "KEY"), ("plain", "OTHER")], import.Accounts.Select(a => (a.Name, a.ApiKey)));
        Assert.Equal(2, import.Accounts[0].Notes.Count);
        Assert.DoesNotContain(import.Accounts[0].Notes, n => n.Contains("xyz", StringComparison.Ordinal));
        Assert.Empty(import.Accounts[1].Notes);
    }

    [Fact]
    public void An_encrypted_remote_has_rclones_defaults()
    {
        var crypt = Assert.Single(Imported("remote = fich:").Crypts);
        Assert.Equal(("secret", "fich", "", "the password", null), (crypt.Name, crypt.Account, crypt.Path, crypt.Password, crypt.Salt));
        Assert.Equal(new CryptOptions(), crypt.Options);
        Assert.Empty(crypt.Notes);
    }

    [Fact]
    public void An_encrypted_remote_is_taken_over_with_its_whole_layout()
    {
        var crypt = Assert.Single(Imported($"""
            remote = fich:backup/deep folder/
            filename_encryption = obfuscate
            directory_name_encryption = false
            filename_encoding = base32768
            suffix = none
            no_data_encryption = true
            password2 = {Obscured.Obscure("salt", System.Text.Encoding.ASCII.GetBytes(Start))}
            strict_names = true
            pass_bad_blocks = false
            """).Crypts);
        Assert.Equal(("backup/deep folder", "salt"), (crypt.Path, crypt.Salt));
        Assert.Equal(
            new CryptOptions { Names = NameEncryption.Obfuscate, EncryptFolderNames = false, Encoding = NameEncoding.Base32768, Suffix = "", EncryptContent = false }, crypt.Options);
        Assert.Equal(["The option 'strict_names' is not taken over."], crypt.Notes);
    }

    [Theory]
    [InlineData("sealed", ".sealed")]
    [InlineData(".x", ".x")]
    [InlineData("NONE", "")]
    public void A_suffix_has_a_dot_as_rclone_would_have_it(string written, string suffix) =>
        Assert.Equal(suffix, Assert.Single(Imported($"remote = fich:\nfilename_encryption = off\nsuffix = {written}").Crypts).Options.Suffix);

    [Theory]
    [InlineData("remote = gdrive:x", "type 'drive'")]
    [InlineData("remote = none:x", "no such remote")]
    [InlineData("remote = /home/me", "'/home/me'")]
    [InlineData("remote = shared:", "shared folder")]
    [InlineData("remote = fich,cdn=true:", "options written into its name")]
    [InlineData("filename_encryption = standard", "(remote)")]
    [InlineData("remote = fich:\nfilename_encryption = rot13", "'rot13'")]
    [InlineData("remote = fich:\nfilename_encoding = base8", "'base8'")]
    [InlineData("remote = fich:\ndirectory_name_encryption = perhaps", "'perhaps'")]
    [InlineData("remote = fich:\npassword2 = plainly wrong", "password2 is not one")]
    public void What_cannot_be_taken_over_is_listed_with_the_reason(string options, string reason)
    {
        var import = Imported(options);
        Assert.Empty(import.Crypts);
        Assert.Contains(reason, Assert.Single(import.Skipped, s => s.Name == "secret").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[x]\ntype = fichier", "no api_key")]
    [InlineData("[x]\ntype = s3", "type 's3'")]
    [InlineData("[x]\nkey = value", "no type")]
    public void A_remote_that_is_none_of_ours_is_listed_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Single(RcloneImport.From(Parse(text)).Skipped).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_later_form_of_encryption_is_recognised_and_refused() =>
        Assert.False(Assert.Throws<RcloneConfigException>(() => Parse("RCLONE_ENCRYPT_V1:\nabcd", "password")).NeedsPassword);

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void An_encrypted_configuration_that_is_damaged_is_refused(string body) =>
        Assert.Contains("damaged", Assert.Throws<RcloneConfigException>(() => Parse($"RCLONE_ENCRYPT_V0:\n{body}", "password")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("correct horse")]
    [InlineData(" spaces around ")]
    [InlineData("p\u00e4ssw\u00f6rd")]
    public async Task A_configuration_that_rclone_encrypts_opens_with_its_password_and_no_other(string password)
    {
        using var folder = new TempFolder();
        folder.Write("rclone.conf", System.Text.Encoding.UTF8.GetBytes(Sealed("[fich]\ntype = fichier\napi_key = KEY\n", password)));
        await LetRcloneRewriteAsync(folder["rclone.conf"], password);
        var text = await File.ReadAllTextAsync(folder["rclone.conf"]);
        Assert.StartsWith("# Encrypted rclone configuration File", text, StringComparison.Ordinal);

        Assert.Equal(("KEY", "true"), (Parse(text, password).Find("fich")!["api_key"], Parse(text, password).Find("fich")!["cdn"]));
        foreach (var wrong in new[] { null, "", " ", $"{password}!" })
        {
            var refused = Assert.Throws<RcloneConfigException>(() => Parse(text, wrong));
            Assert.True(refused.NeedsPassword);
            Assert.DoesNotContain(password, refused.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>A file as rclone would have to read it, so that it writes its own.</summary>
    private static string Sealed(string text, string password)
    {
        var key = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"[{password}][rclone-config]"));
        var nonce = Pattern.Bytes(24);
        var box = new byte[text.Length + 16];
        SecretBox.Seal(key, nonce, System.Text.Encoding.UTF8.GetBytes(text), box);
        return $"RCLONE_ENCRYPT_V0:\n{Convert.ToBase64String([.. nonce, .. box])}";
    }

    private static async Task LetRcloneRewriteAsync(string path, string password)
    {
        try
        {
            var start = new ProcessStartInfo("rclone", ["--config", path, "--ask-password=false", "config", "update", "fich", "cdn", "true", "--non-interactive"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                Environment = { ["RCLONE_CONFIG_PASS"] = password },
            };
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{await output}{await errors}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no rclone here.");
        }
    }

    private static RcloneImport Imported(string options) => RcloneImport.From(Parse($"""
        [fich]
        type = fichier
        api_key = KEY
        [shared]
        type = fichier
        api_key = KEY
        shared_folder = abc
        [gdrive]
        type = drive
        [secret]
        type = crypt
        password = {Password}
        {options}
        """));

    private static RcloneConfig Parse(string text, string? password = null) => RcloneConfig.Parse(new StringReader(text), password);
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using OneFichier.Drive.Crypt;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>The real rclone, the judge of the format.</summary>
internal static class Rclone
{
    private static readonly Lazy<string?> Installed = new(() =>
    {
        try
        {
            return Run("version").Split('\n')[0];
        }
        catch (Win32Exception)
        {
            return null;
        }
    });

    public static void SkipUnlessInstalled() => Assert.SkipUnless(Installed.Value is not null, "There is no rclone here.");

    public static string Obscure(string password) => Run("obscure", password).Trim();

    public static string Run(params IEnumerable<string> arguments) => Run(null, arguments);

    /// <summary>Runs it in a locale that leaves names as they are, with no configuration but the one given.</summary>
    public static string Run(string? configuration, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("rclone", ["--config", configuration ?? "", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"rclone {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
        return output;
    }

    /// <summary>A configuration with the crypt remote <c>crypt:</c> over a folder.</summary>
    public static string Configuration(string folder, CryptOptions options, bool salted) => $"""
        [crypt]
        type = crypt
        remote = {folder}
        filename_encryption = {options.Names.ToString().ToLowerInvariant()}
        directory_name_encryption = {(options.EncryptFolderNames ? "true" : "false")}
        filename_encoding = {options.Encoding.ToString().ToLowerInvariant()}
        no_data_encryption = {(options.EncryptContent ? "false" : "true")}
        password = {Obscure(TestKeys.Password)}
        {(salted ? $"password2 = {Obscure(TestKeys.Salt)}" : "")}
        """;
}

using System.Text.Json;
using OneFichier.Cli.Terminal;
using OneFichier.Server;

namespace OneFichier.Cli.Settings;

/// <summary>Reads and changes the configuration file. A change is atomic, and those of several processes follow one another.</summary>
internal sealed class ConfigStore(string path, TimeProvider time)
{
    /// <summary>The configuration; an empty one where there is no file.</summary>
    /// <exception cref="CliException">The file is damaged, or of a newer version.</exception>
    public Config Load()
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Config();
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCodes.Failed, $"The configuration '{path}' is damaged: {e.Message}", "Correct it, or move it away and log in again.");
        }
    }

    public async Task ChangeAsync(Func<Config, Config> change, CancellationToken cancellationToken)
    {
        using var held = await FolderLock.AcquireAsync(Path.GetDirectoryName(path)!, time, cancellationToken);
        await PrivateFile.ReplaceAsync(path, JsonSerializer.SerializeToUtf8Bytes(change(Load()), ConfigJson.Default.Config), cancellationToken);
    }

    private Config Parse(byte[] bytes)
    {
        var config = JsonSerializer.Deserialize(bytes, ConfigJson.Default.Config) ?? new Config();
        return config.Version <= Config.CurrentVersion
            ? config
            : throw new CliException(
                ExitCodes.Failed,
                $"The configuration '{path}' was written by a newer fichier (version {config.Version} of the format; this program reads {Config.CurrentVersion}).",
                "Install the newer fichier, or use another configuration with --config.");
    }
}

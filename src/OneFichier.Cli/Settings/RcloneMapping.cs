using OneFichier.Drive.Crypt;
using OneFichier.Drive.Crypt.Primitives;

namespace OneFichier.Cli.Settings;

/// <summary>From the options of one remote of rclone to ours. No message holds the value of a secret.</summary>
internal static class RcloneMapping
{
    private static readonly Dictionary<string, string> AccountNotes = new(StringComparer.Ordinal)
    {
        ["file_password"] = "rclone sets a password on each file it uploads (file_password); this program does not unless it is told to.",
        ["folder_password"] = "rclone opens a shared folder with a password (folder_password); that is not taken over.",
        ["shared_folder"] = "This remote shows a shared folder and not the account (shared_folder); only the key is taken over.",
        ["cdn"] = "rclone asks for links of the paid delivery network (cdn); that is not taken over.",
        ["encoding"] = "This remote has a table of its own for names (encoding); rclone's default is used here, so some names may look different.",
    };

    private static readonly HashSet<string> CryptOptionsKnown =
    [
        "type", "remote", "filename_encryption", "directory_name_encryption", "filename_encoding", "suffix", "no_data_encryption", "password", "password2", "show_mapping", "description",
    ];

    public static ImportedRemote Of(RcloneRemote remote, RcloneConfig config)
    {
        try
        {
            return remote.Type switch
            {
                "fichier" => Account(remote),
                "crypt" => Crypt(remote, config),
                "" => new SkippedRemote(remote.Name, "", "It has no type."),
                var type => new SkippedRemote(remote.Name, type, $"It is of the type '{type}', which is not 1fichier."),
            };
        }
        catch (NotTakenOverException e)
        {
            return new SkippedRemote(remote.Name, remote.Type, e.Message);
        }
    }

    private static ImportedAccount Account(RcloneRemote remote) =>
        new(remote.Name, remote["api_key"] ?? throw new NotTakenOverException("It has no api_key."))
        {
            Notes = [.. AccountNotes.Where(n => remote[n.Key] is { } value && value != "false").Select(n => n.Value)],
        };

    private static ImportedCrypt Crypt(RcloneRemote remote, RcloneConfig config)
    {
        var (account, path) = Place(remote["remote"] ?? throw new NotTakenOverException("It does not say what it encrypts (remote)."), config);
        return new ImportedCrypt(remote.Name, account, path)
        {
            Options = Layout(remote),
            Password = Revealed(remote, "password") ?? throw new NotTakenOverException("It has no password."),
            Salt = Revealed(remote, "password2"),
            Notes = [.. remote.Options.Where(o => !CryptOptionsKnown.Contains(o) && remote[o] != "false").Select(o => $"The option '{o}' is not taken over.")],
        };
    }

    private static (string Account, string Path) Place(string target, RcloneConfig config)
    {
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || target.AsSpan(0, colon).ContainsAny('/', '\\'))
            throw new NotTakenOverException($"It encrypts '{target}', which is not in an account of 1fichier.");
        var name = target[..colon];
        if (name.Contains(',', StringComparison.Ordinal))
            throw new NotTakenOverException("It encrypts a remote with options written into its name.");
        var inner = config.Find(name) ?? throw new NotTakenOverException($"It encrypts '{name}:', and there is no such remote.");
        if (inner.Type != "fichier")
            throw new NotTakenOverException($"It encrypts '{name}:', which is of the type '{inner.Type}' and not 1fichier.");
        return inner["shared_folder"] is null
            ? (name, target[(colon + 1)..].Trim('/'))
            : throw new NotTakenOverException($"It encrypts '{name}:', which shows a shared folder and not the account.");
    }

    private static CryptOptions Layout(RcloneRemote remote) => new()
    {
        Names = Word(remote, "filename_encryption", NameEncryption.Standard),
        EncryptFolderNames = Switch(remote, "directory_name_encryption", otherwise: true),
        Encoding = Word(remote, "filename_encoding", NameEncoding.Base32),
        Suffix = remote["suffix"] switch
        {
            null => ".bin",
            var none when none.Equals("none", StringComparison.OrdinalIgnoreCase) => "",
            ['.', ..] suffix => suffix,
            var dotless => $".{dotless}",
        },
        EncryptContent = !Switch(remote, "no_data_encryption", otherwise: false),
    };

    private static T Word<T>(RcloneRemote remote, string option, T otherwise)
        where T : struct, Enum => remote[option] is not { } word ? otherwise
        : Enum.GetNames<T>().Contains(word, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(word, ignoreCase: true)
        : throw new NotTakenOverException($"Its {option} is '{word}', which is not known here.");

    private static bool Switch(RcloneRemote remote, string option, bool otherwise) => remote[option] switch
    {
        null => otherwise,
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        var word => throw new NotTakenOverException($"Its {option} is '{word}', which is neither true nor false."),
    };

    private static string? Revealed(RcloneRemote remote, string option) => remote[option] is not { } obscured ? null
        : Obscured.Reveal(obscured) is { Length: > 0 } plain ? plain
        : throw new NotTakenOverException($"Its {option} is not one that rclone obscured.");

    private sealed class NotTakenOverException(string message) : Exception(message);
}

using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>
/// How a repository lies in the volume: as restic's own local backend lays it out, data in 256 folders by the first two digits of the name. A flat folder would hold more files than the
/// service lists at once long before one of these does, and no other program could read it.
/// </summary>
internal static class RepositoryLayout
{
    public const string Config = "config";
    public const string Data = "data";

    private const string Locks = "locks";
    private const int NameLength = 64;
    private const int Prefix = 2;

    public static IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { Data, "index", "keys", Locks, "snapshots" };

    /// <summary>Whether a name is one of an object: a SHA-256, in small hexadecimal digits.</summary>
    public static bool IsName(string name) => name.Length == NameLength && name.All(char.IsAsciiHexDigitLower);

    public static VolumePath PathOf(VolumePath repository, string type, string name)
    {
        var folder = repository.Combine(type);
        return (type == Data ? folder.Combine(name[..Prefix]) : folder).Combine(name);
    }

    /// <summary>Whether a file lies where an object of its name belongs, in a folder of a type.</summary>
    public static bool IsObject(VolumePath folder, string type, Entry entry) =>
        !entry.IsFolder && IsName(entry.Name) && (type != Data || folder.Name == entry.Name[..Prefix]);

    /// <summary>Whether a folder below <c>data</c> holds objects.</summary>
    public static bool IsDataFolder(VolumePath folder) => folder.Name.Length == Prefix && folder.Name.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether a path is that of a lock.</summary>
    public static bool IsLock(VolumePath path) => path.Parent.Name == Locks && IsName(path.Name);
}

using System.Security.Cryptography;
using System.Text;

namespace OneFichier.Drive.Sync;

/// <summary>
/// The name a file has for a moment when files of the destination change names in a circle. Should a run end just then, the next one finds the file under it: as any other that the source has not, it is
/// matched by its content and moved to its place, or removed. A filter therefore MUST NOT hide it.
/// </summary>
public static class SwapName
{
    private const string Prefix = ".fichier-swap-";
    private const int Digits = 16;

    /// <summary>Where a file waits until <paramref name="target"/> is free: always the same place beside it.</summary>
    public static VolumePath Of(VolumePath target) =>
        target.Parent.Combine(Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target.ToString())))[..Digits]);

    /// <summary>Whether a path is such a place.</summary>
    public static bool Is(VolumePath path) =>
        path.Name is { } name && name.Length == Prefix.Length + Digits && name.StartsWith(Prefix, StringComparison.Ordinal) && name[Prefix.Length..].All(char.IsAsciiHexDigitLower);
}

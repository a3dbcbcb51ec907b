using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace OneFichier.Server.Backup;

/// <summary>A release of restic, and what it can do.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct ResticVersion(int Major, int Minor, int Patch)
{
    /// <summary>The oldest that is driven: the first that takes a size of packs.</summary>
    public static readonly ResticVersion Least = new(0, 14, 0);

    /// <summary>Whether it is recent enough.</summary>
    public bool IsEnough => IsAtLeast(Least.Major, Least.Minor);

    /// <summary>Whether it can back up without walking through the sources beforehand.</summary>
    public bool CanSkipScan => IsAtLeast(0, 15);

    /// <summary>Reads the answer to <c>restic version</c>; <see langword="null"/> when it is none.</summary>
    public static ResticVersion? Parse(string output)
    {
        var match = Answer().Match(output);
        return match.Success ? new ResticVersion(Number(match.Groups["major"]), Number(match.Groups["minor"]), Number(match.Groups["patch"])) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private bool IsAtLeast(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    [GeneratedRegex(@"^restic (?<major>\d{1,4})\.(?<minor>\d{1,4})(\.(?<patch>\d{1,4}))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex Answer();
}

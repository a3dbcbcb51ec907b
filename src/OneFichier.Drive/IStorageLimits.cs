namespace OneFichier.Drive;

/// <summary>What a volume can store at all; told at no cost, so that whoever takes something in to store it later can refuse at once what never could be.</summary>
public interface IStorageLimits
{
    /// <summary>Bytes of the largest file.</summary>
    long LargestFile { get; }

    /// <summary>Looks at the names of a path something is to be stored at.</summary>
    /// <exception cref="PathTooLongException">One of them is too long.</exception>
    void CheckNames(VolumePath path);
}

/// <summary>A file larger than can be stored.</summary>
public sealed class FileTooLargeException : IOException
{
    private const int Efbig = 27;

    /// <summary>Makes an exception about a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largest">Bytes of the largest file there can be.</param>
    public FileTooLargeException(VolumePath path, long largest) : base($"'{path}' is larger than the {largest} bytes that can be stored in one file.", Efbig) { }
}

/// <summary>Asks the limits of a volume, where it has any.</summary>
public static class StorageLimits
{
    /// <summary>Looks at the names of a path something is to be stored at.</summary>
    /// <exception cref="PathTooLongException">A name is too long.</exception>
    public static void RefuseNames(this IVolume volume, VolumePath path) => volume.Feature<IStorageLimits>()?.CheckNames(path);

    /// <summary>Whether something can be stored at a path, as far as its names go.</summary>
    public static bool TakesNames(this IVolume volume, VolumePath path)
    {
        try
        {
            volume.RefuseNames(path);
            return true;
        }
        catch (PathTooLongException)
        {
            return false;
        }
    }

    /// <summary>Looks at the size of a file that is to be stored.</summary>
    /// <exception cref="FileTooLargeException">It is too large.</exception>
    public static void RefuseSize(this IVolume volume, VolumePath path, long size)
    {
        if (volume.Feature<IStorageLimits>()?.LargestFile is { } largest && size > largest)
            throw new FileTooLargeException(path, largest);
    }

    /// <summary>Whether a failure speaks of what was to be stored, and would be the same at any time.</summary>
    public static bool IsOf(Exception failure) => failure is PathTooLongException or FileTooLargeException;
}

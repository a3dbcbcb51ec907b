namespace OneFichier.Drive.Crypt;

/// <summary>The limits of the volume inside, for what is not encrypted yet.</summary>
internal sealed class CryptLimits(IStorageLimits inner, CryptPaths paths, bool encryptsContent) : IStorageLimits
{
    public long LargestFile => encryptsContent ? CryptLayout.PlainSoFar(inner.LargestFile) : inner.LargestFile;

    public void CheckNames(VolumePath path)
    {
        if (paths.IsImpossible(path))
            throw new PathTooLongException($"A name of '{path}' cannot be encrypted.");
        try
        {
            inner.CheckNames(paths.File(path));
        }
        catch (PathTooLongException e)
        {
            throw new PathTooLongException($"A name of '{path}' is longer than can be stored once it is encrypted.", e);
        }
    }
}

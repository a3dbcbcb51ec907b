using System.Text;

namespace OneFichier.Drive.Crypt;

/// <summary>Says in plain paths what the volume inside said in its own.</summary>
internal sealed class CryptErrors(CryptPaths paths)
{
    /// <summary>What disks take, in bytes, and the service about.</summary>
    private const int LongestUsualName = 255;

    /// <param name="error">What the volume inside threw.</param>
    /// <param name="about">The plain paths it was asked about; the first stands for what is not known otherwise.</param>
    public Exception Plain(Exception error, params ReadOnlySpan<VolumePath> about) => error switch
    {
        PathNotFoundException e => new PathNotFoundException(Plain(e.Path.Path, about), e.Kind, e.InnerException),
        NameTakenException e => new NameTakenException(Plain(e.Path.Path, about), e.InnerException),
        FolderNotEmptyException e => new FolderNotEmptyException(Plain(e.Path.Path, about), e.InnerException),
        FichierIntegrityException e when Told(e.Message, about[0]) is var told && told != e.Message => new FichierIntegrityException(told, e.InnerException) { Remedy = e.Remedy },
        FichierRejectedException or IOException when LongName(about) is { } name => TooLong(error, name),
        _ => error,
    };

    /// <summary>Asks the volume inside, and says its failure in plain words.</summary>
    public async Task<T> SayAsync<T>(Func<Task<T>> ask, VolumePath about)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is FichierException or IOException)
        {
            var plain = Plain(e, about);
            if (ReferenceEquals(plain, e))
                throw;
            throw plain;
        }
    }

    private static Exception TooLong(Exception error, VolumePath name)
    {
        var text = $"{error.Message.TrimEnd('.')}. The name '{name.Name}' is long once it is encrypted, perhaps too long.";
        return error is FichierRejectedException e
            ? new FichierRejectedException(text, e.InnerException) { ServiceText = e.ServiceText, Known = e.Known, Remedy = "Shorten the name, or use another encoding of names." }
            : new IOException(text, error);
    }

    /// <summary>A path whose last name is stored as one that many places do not take.</summary>
    private VolumePath? LongName(ReadOnlySpan<VolumePath> about)
    {
        foreach (var path in about)
        {
            for (var above = path; !above.IsRoot && !paths.IsImpossible(path); above = above.Parent)
            {
                if (Encoding.UTF8.GetByteCount(paths.File(above).Name) > LongestUsualName)
                    return above;
            }
        }

        return null;
    }

    private string Told(string text, VolumePath about) =>
        about.IsRoot || paths.IsImpossible(about) ? text : text.Replace(paths.File(about).ToString(), about.ToString(), StringComparison.Ordinal);

    private VolumePath Plain(VolumePath stored, ReadOnlySpan<VolumePath> about)
    {
        foreach (var path in about)
        {
            for (var above = path; !above.IsRoot; above = above.Parent)
            {
                if (!paths.IsImpossible(above) && (paths.Folder(above) == stored || paths.File(above) == stored))
                    return above;
            }
        }

        return stored.IsRoot ? stored : about[0];
    }
}

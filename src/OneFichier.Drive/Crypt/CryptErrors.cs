namespace OneFichier.Drive.Crypt;

/// <summary>Says in plain paths what the volume inside said in its own.</summary>
internal sealed class CryptErrors(CryptPaths paths)
{
    /// <param name="error">What the volume inside threw.</param>
    /// <param name="about">The plain paths it was asked about; the first stands for what is not known otherwise.</param>
    public Exception Plain(Exception error, params ReadOnlySpan<VolumePath> about) => error switch
    {
        PathNotFoundException e => new PathNotFoundException(Plain(e.Path.Path, about), e.Kind, e.InnerException),
        NameTakenException e => new NameTakenException(Plain(e.Path.Path, about), e.InnerException),
        FolderNotEmptyException e => new FolderNotEmptyException(Plain(e.Path.Path, about), e.InnerException),
        FichierIntegrityException e when Told(e.Message, about[0]) is var told && told != e.Message => new FichierIntegrityException(told, e.InnerException) { Remedy = e.Remedy },
        _ => error,
    };

    /// <summary>Asks the volume inside, and says its failure in plain words.</summary>
    public async Task<T> SayAsync<T>(Func<Task<T>> ask, VolumePath about)
    {
        try
        {
            return await ask();
        }
        catch (FichierException e)
        {
            var plain = Plain(e, about);
            if (ReferenceEquals(plain, e))
                throw;
            throw plain;
        }
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

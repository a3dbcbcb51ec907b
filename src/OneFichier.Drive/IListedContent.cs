namespace OneFichier.Drive;

/// <summary>Reading what was listed, and not what may have come into its place since.</summary>
public interface IListedContent
{
    /// <summary>Opens a whole file. The stream gives the bytes of the file as it was listed, or throws before its end is reached.</summary>
    /// <exception cref="PathNotFoundException">There is no such file.</exception>
    /// <exception cref="FichierSourceException">It has changed since it was listed; from the stream: while it was being read.</exception>
    Task<Stream> OpenAsync(Entry file, CancellationToken cancellationToken = default);
}

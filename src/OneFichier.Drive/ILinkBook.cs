namespace OneFichier.Drive;

/// <summary>
/// A memory of direct links that were got and can still be started with, so that nobody is asked for them twice. Any number of threads may use it at once; it never fails, at worst it
/// remembers nothing.
/// </summary>
public interface ILinkBook
{
    /// <summary>A link of that file, got with the same wishes, that can be started with for at least so long; <see langword="null"/> when there is none.</summary>
    DirectLink? Find(FileLink file, DirectLinkOptions wishes, TimeSpan life);

    /// <summary>Remembers a link in the place of any other of that file and those wishes. A link for a single request is not remembered.</summary>
    void Remember(FileLink file, DirectLinkOptions wishes, DirectLink link);
}

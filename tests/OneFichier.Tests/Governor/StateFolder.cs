namespace OneFichier.Tests.Governor;

/// <summary>A folder of its own for a test, gone afterwards.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("fichier-quota-");

    /// <summary>Not made yet.</summary>
    public string Path => System.IO.Path.Combine(_parent.FullName, "state");

    public string File => System.IO.Path.Combine(Path, OneFichier.Governor.FileLedger.FileName);

    public void Dispose() => _parent.Delete(recursive: true);
}

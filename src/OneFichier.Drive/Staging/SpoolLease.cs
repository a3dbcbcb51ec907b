using Microsoft.Win32.SafeHandles;

namespace OneFichier.Drive.Staging;

/// <summary>Keeps the content of a staged file open.</summary>
internal sealed class SpoolLease(StagedFile file, SafeFileHandle data) : IDisposable
{
    private bool _released;

    public SafeFileHandle Data => data;

    public void Dispose()
    {
        if (!_released)
            file.Release();
        _released = true;
    }
}

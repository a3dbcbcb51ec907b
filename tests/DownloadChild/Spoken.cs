using OneFichier;

namespace DownloadChild;

/// <summary>Writes a line for each step of a transfer: the bytes that are there.</summary>
internal sealed class Spoken : IProgress<TransferEvent>
{
    public void Report(TransferEvent value)
    {
        if (value is TransferAdvanced { Done: var done })
            Console.WriteLine(done);
    }
}

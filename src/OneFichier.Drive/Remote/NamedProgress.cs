namespace OneFichier.Drive.Remote;

/// <summary>Gives the files in reports other names.</summary>
internal sealed class NamedProgress(IProgress<TransferEvent> target, Func<string, string> name) : IProgress<TransferEvent>
{
    public void Report(TransferEvent value) => target.Report(value switch
    {
        TransferAdvanced moved => moved with { Name = name(moved.Name) },
        TransferEnded ended => ended with { Name = name(ended.Name) },
        _ => value,
    });
}

namespace OneFichier.Drive.Crypt;

/// <summary>Events of the volume inside, told with plain names and in bytes of the content.</summary>
internal sealed class CryptProgress(IProgress<TransferEvent> told, IReadOnlyDictionary<string, CryptSource> sources, bool encrypted) : IProgress<TransferEvent>
{
    public void Report(TransferEvent value) => told.Report(value switch
    {
        TransferAdvanced e when sources.TryGetValue(e.Name, out var source) =>
            new TransferAdvanced(source.Name, encrypted ? Math.Min(source.Length, CryptLayout.PlainSoFar(e.Done)) : e.Done, source.Length),
        TransferEnded e when sources.TryGetValue(e.Name, out var source) => new TransferEnded(source.Name, e.Error is null ? null : source.Reason(e.Error)),
        TransferNotice e => new TransferNotice(sources.Aggregate(e.Text, (text, s) => text.Replace(s.Key, s.Value.Name, StringComparison.Ordinal))),
        _ => value,
    });
}

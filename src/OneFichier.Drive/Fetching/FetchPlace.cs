namespace OneFichier.Drive.Fetching;

/// <summary>Where a run fetches to, and with what knowledge.</summary>
internal sealed record FetchPlace(
    RemoteVolume Volume, VolumePath Folder, FolderId Target, IReadOnlyDictionary<RemoteSource, long> Sizes, RemoteUploadRunOptions Options, TimeProvider Time)
{
    public long? SizeOf(RemoteSource source) => source.Size ?? (Sizes.TryGetValue(source, out var size) ? size : null);

    /// <summary>The name a file gets that nobody named: the last of the address's path.</summary>
    public static string NameOf(Uri address) => Uri.UnescapeDataString(address.Segments[^1]).Trim('/') is { Length: > 0 } name ? name : "index.html";
}

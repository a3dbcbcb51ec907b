namespace OneFichier.Drive.Tests.Crypt;

/// <summary>Remembers what was asked of the volume inside.</summary>
internal sealed class WatchedVolume(IVolume inner) : VolumeDecorator(inner)
{
    public List<ByteRange> Opened { get; } = [];

    public List<NewFile> Put { get; } = [];

    public List<IReadOnlyList<VolumeMove>> Moves { get; } = [];

    /// <summary>Streams end after as many bytes, whatever was promised.</summary>
    public int? Cut { get; set; }

    public override async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        Opened.Add(range);
        var stream = await Inner.OpenAsync(file, range, cancellationToken);
        return Cut is null ? stream : await ShortenedAsync(stream, Cut.Value, cancellationToken);
    }

    public override Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        Put.AddRange(files);
        return Inner.PutAsync(files, options, cancellationToken);
    }

    public override Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default)
    {
        Moves.Add(moves);
        return Inner.MoveAsync(moves, replace, cancellationToken);
    }

    private static async Task<Stream> ShortenedAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        await using (stream)
        {
            var bytes = new byte[length];
            var read = await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancellationToken);
            return new MemoryStream(bytes, 0, read);
        }
    }
}

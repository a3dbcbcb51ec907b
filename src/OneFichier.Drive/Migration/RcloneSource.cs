using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OneFichier.Drive.Migration;

/// <summary>Any remote of rclone.</summary>
/// <param name="name">As the user wrote it.</param>
/// <param name="remote">The remote as rclone knows it, as <c>s3:bucket/folder</c>.</param>
/// <param name="rclone">The program.</param>
public sealed class RcloneSource(string name, string remote, RcloneProgram rclone) : IMigrationSource
{
    // What is best to compare with comes first; of the Whirlpool nothing has to be computed twice.
    private static readonly string[] s_sums = ["sha256", "sha1", "md5"];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool Foreign => false;

    /// <summary>
    /// Whether files are given to the service by public links, which rclone makes. Whoever has such a link can read the file until it is taken back, so it is done only where the user asks for it.
    /// </summary>
    public bool PublicLinks { get; init; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFile> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var run = rclone.Start(["lsjson", "--recursive", "--files-only", "--hash", "--no-mimetype", "--", remote]);
        while (await run.Output.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Trim().TrimEnd(',') is ['{', ..] text && Read(text) is { } file)
                yield return file;
        }

        await run.EndAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(MigrationItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Task.FromResult<Stream>(new RcloneStream(rclone.Start(["cat", "--", At(item)])));
    }

    /// <inheritdoc/>
    public Task<WhirlpoolHash?> HashAsync(MigrationItem item, CancellationToken cancellationToken = default) => Task.FromResult(item?.Checksum);

    /// <inheritdoc/>
    public async Task<Uri?> AddressAsync(MigrationItem item, CancellationToken cancellationToken = default)
    {
        if (!PublicLinks)
            return null;

        try
        {
            var said = await rclone.TextAsync(["link", "--", At(item)], cancellationToken);
            return Uri.TryCreate(said.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
        }
        catch (IOException)
        {
            // Not every remote has links; then the file is carried.
            return null;
        }
    }

    private string At(MigrationItem item) => remote.EndsWith(':') || remote.EndsWith('/') ? remote + item.Origin : $"{remote}/{item.Origin}";

    private SourceFile? Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var entry = document.RootElement;
        if (entry.GetProperty("Path").GetString() is not { Length: > 0 } path || (entry.TryGetProperty("IsDir", out var folder) && folder.GetBoolean()))
            return null;

        var sums = entry.TryGetProperty("Hashes", out var hashes) && hashes.ValueKind == JsonValueKind.Object
            ? hashes.EnumerateObject().ToDictionary(h => h.Name.ToLowerInvariant(), h => h.Value.GetString() ?? "", StringComparer.Ordinal)
            : [];
        var size = entry.GetProperty("Size").GetInt64();
        return new SourceFile(path, VolumePath.Parse(path))
        {
            Size = size < 0 ? null : size,
            Checksum = sums.TryGetValue("whirlpool", out var digits) && WhirlpoolHash.TryParse(digits, out var sum) ? sum : null,
            OtherSum = s_sums.FirstOrDefault(s => sums.GetValueOrDefault(s) is { Length: > 0 }) is { } kind ? $"{kind}:{sums[kind].ToLowerInvariant()}" : null,
            ModTime = entry.TryGetProperty("ModTime", out var time) && time.TryGetDateTimeOffset(out var at) ? at : null,
            Fetchable = PublicLinks,
        };
    }

    /// <summary>What rclone prints, which is whole only if it ended well.</summary>
    private sealed class RcloneStream(RcloneRun run) : ForwardStream(run.Output.BaseStream)
    {
        private bool _ended;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = _ended ? 0 : await Inner.ReadAsync(buffer, cancellationToken);
            if (read == 0 && buffer.Length > 0 && !_ended)
            {
                _ended = true;
                await run.EndAsync(cancellationToken);
            }

            return read;
        }

        public override async ValueTask DisposeAsync()
        {
            await run.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                run.DisposeAsync().AsTask().GetAwaiter().GetResult();

            base.Dispose(disposing);
        }
    }
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Hashing;

namespace OneFichier.Cli.Commands;

internal sealed class CatVerb : Verb
{
    private const int BufferSize = 256 * 1024;
    private readonly Argument<string> _path = PathArguments.One();
    private readonly Option<long?> _offset = Flags.Size("--offset", "start here");
    private readonly Option<long?> _count = Flags.Size("--count", "so many bytes and no more");
    private readonly LinkFlags _link;

    public CatVerb() : base("cat", "Write a file to standard output.")
    {
        Details = "A whole file is proven by its checksum at the end: exit code 21 says that what was written is not what the service states.";
        Examples = [new("fichier cat 1f:backup.tar | tar t", "without a local copy"), new("fichier cat --offset 1M --count 16 1f:disk.img | xxd", "a part")];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key, ExitCodes.Integrity];
        Arguments.Add(_path);
        Options.Add(_offset);
        Options.Add(_count);
        _link = new LinkFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = Place.Parse(call.Get(_path));
        using var session = new RemoteSession(call) { Link = _link.Of(call) };
        var spot = await session.OpenAsync(place, cancellationToken);
        var file = await spot.FindAsync(EntryKind.File, cancellationToken);
        var from = Math.Min(call.Get(_offset) ?? 0, file.Size);
        var count = Math.Min(call.Get(_count) ?? long.MaxValue, file.Size - from);
        if (count == 0)
            return ExitCodes.Done;

        await using var content = await spot.Volume.OpenAsync(file.Path, new ByteRange(from, count), cancellationToken);
        var hash = await CopyAsync(content, call.Screen.Bytes, count, cancellationToken);
        return count < file.Size || file.Checksum is null || hash == file.Checksum
            ? ExitCodes.Done
            : throw new FichierIntegrityException("What was written is not what the service states.") { Remedy = "Discard it and try again." };
    }

    private static async Task<WhirlpoolHash> CopyAsync(Stream content, Stream output, long count, CancellationToken cancellationToken)
    {
        using var hash = new Whirlpool();
        var buffer = new byte[BufferSize];
        while (count > 0)
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellationToken);
            if (read == 0)
                throw new FichierIntegrityException("The file ended before its stated size.") { Remedy = "Try again." };

            hash.AppendData(buffer.AsSpan(0, read));
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            count -= read;
        }

        await output.FlushAsync(cancellationToken);
        return hash.GetHashAndReset();
    }
}

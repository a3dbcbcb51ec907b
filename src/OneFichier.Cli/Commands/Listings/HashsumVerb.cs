using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Hashing;

namespace OneFichier.Cli.Commands;

internal sealed class HashsumVerb : Verb
{
    private readonly Argument<string> _hash = new("HASH") { Description = "whirlpool, the one the service keeps" };
    private readonly Argument<string> _path = new("PATH") { Description = "a file or folder, local or as 1f:docs, or - for standard input" };
    private readonly Freshness _freshness;

    public HashsumVerb() : base("hashsum", "Compute or show the checksums of files.")
    {
        Details = "One line a file, as md5sum and rclone hashsum write it: the checksum, two blanks, the path below PATH.";
        Examples =
        [
            new("fichier hashsum whirlpool photos", "of every file below a local folder"),
            new("fichier hashsum whirlpool 1f:photos", "what the service states; costs no transfer (an encrypted remote is read)"),
            new("tar c photos | fichier hashsum whirlpool -", "of a stream"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.SomeFailed, ExitCodes.Temporary, ExitCodes.Key];
        _hash.Validators.Add(r =>
        {
            if (r.Tokens is [var token] && !token.Value.Equals("whirlpool", StringComparison.OrdinalIgnoreCase))
                r.AddError($"'{token.Value}' is not kept by the service; it keeps whirlpool");
        });
        Arguments.Add(_hash);
        Arguments.Add(_path);
        _freshness = new Freshness(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var path = call.Get(_path);
        if (path == "-")
        {
            await using var input = Console.OpenStandardInput();
            Print(call.Screen, "-", await Whirlpool.HashDataAsync(input, cancellationToken), size: null);
            return ExitCodes.Done;
        }

        using var session = _freshness.Open(call);
        var spot = await session.OpenAsync(Place.Parse(path), cancellationToken);
        var entry = await spot.FindAsync(EntryKind.Any, cancellationToken, missing: EntryKind.Folder);
        var failed = 0;
        await foreach (var file in Listing.FilesAsync(call, spot, entry, cancellationToken))
            failed += await TryAsync(call.Screen, spot.Volume, file, entry.IsFolder ? spot.Below(file.Path) : file.Name, cancellationToken) ? 0 : 1;

        return failed == 0 ? ExitCodes.Done : throw new CliException(ExitCodes.SomeFailed, $"{failed} of the files have no checksum or could not be read; they are listed above.");
    }

    private static async Task<bool> TryAsync(Screen screen, IVolume volume, Entry file, string name, CancellationToken cancellationToken)
    {
        try
        {
            Print(screen, name, file.Checksum ?? await HashAsync(volume, file, cancellationToken), file.Size);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FichierIntegrityException or PathNotFoundException && !StandardStreams.IsClosedPipe(e))
        {
            screen.Warn($"{Escaping.Visible(name)}: {e.Message}");
            return false;
        }
    }

    private static async Task<WhirlpoolHash> HashAsync(IVolume volume, Entry file, CancellationToken cancellationToken)
    {
        if (volume.Feature<IContentHasher>() is { } hasher)
            return await hasher.HashAsync(file, null, cancellationToken);

        await using var content = await volume.OpenAsync(file.Path, default, cancellationToken);
        return await Whirlpool.HashDataAsync(content, cancellationToken);
    }

    private static void Print(Screen screen, string name, WhirlpoolHash hash, long? size)
    {
        if (screen.Json)
            screen.Event(new HashShape(name, hash.ToString(), size), JsonShapes.Default.HashShape);
        else
            screen.Line($"{hash}  {screen.Shown(name)}");
    }
}

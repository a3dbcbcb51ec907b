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

    public HashsumVerb() : base("hashsum", "Compute or show the checksums of files.")
    {
        Details = "One line a file, as md5sum and rclone hashsum write it: the checksum, two blanks, the path below PATH.";
        Examples =
        [
            new("fichier hashsum whirlpool photos", "of every file below a local folder"),
            new("fichier hashsum whirlpool 1f:photos", "what the service states; costs no transfer"),
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

        if (Place.Parse(path) is not LocalPlace)
            return await StatedAsync(call, Place.Parse(path), cancellationToken);

        var failed = 0;
        foreach (var file in FilesOf(path))
            failed += await TryAsync(call.Screen, path, file, cancellationToken) ? 0 : 1;

        return failed == 0 ? ExitCodes.Done : throw new CliException(ExitCodes.SomeFailed, $"{failed} of the files could not be read; they are listed above.");
    }

    private static async Task<int> StatedAsync(Call call, Place place, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        var entry = await session.FindAsync(place, EntryKind.Any, cancellationToken, missing: EntryKind.Folder);
        var tree = await session.TreeAsync(place, cancellationToken);
        await foreach (var (file, path) in Listing.FilesAsync(tree, entry, cancellationToken))
        {
            var below = entry.IsFolder ? Listing.Below(file.Path, entry.Path) : path;
            if (file.File!.Checksum is { } stated)
                Print(call.Screen, below, stated, file.File.Size);
            else
                call.Screen.Warn($"{Escaping.Visible(below)}: the service states no checksum.");
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<string> FilesOf(string path) =>
        File.Exists(path) ? [path]
        : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : throw new DirectoryNotFoundException($"There is no '{Escaping.Visible(path)}' here.");

    private static async Task<bool> TryAsync(Screen screen, string root, string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var name = file == root ? Path.GetFileName(file) : Path.GetRelativePath(root, file);
            Print(screen, name, await Whirlpool.HashDataAsync(content, cancellationToken), content.Length);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !StandardStreams.IsClosedPipe(e))
        {
            screen.Warn(e.Message);
            return false;
        }
    }

    private static void Print(Screen screen, string name, WhirlpoolHash hash, long? size)
    {
        if (screen.Json)
            screen.Event(new HashShape(name, hash.ToString(), size), JsonShapes.Default.HashShape);
        else
            screen.Line($"{hash}  {screen.Shown(name)}");
    }
}

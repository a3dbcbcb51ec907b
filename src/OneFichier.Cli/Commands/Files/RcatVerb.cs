using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Hashing;

namespace OneFichier.Cli.Commands;

internal sealed class RcatVerb : ChangeVerb
{
    private const int BufferSize = 256 * 1024;
    private readonly Argument<string> _path = PathArguments.One();

    public RcatVerb() : base("rcat", "Store standard input as a file, and prove that it arrived.")
    {
        Details = "The service wants to know the length before the first byte, so what comes in is kept in TMPDIR until its end, and sent then.";
        Examples = [new("tar c photos | fichier rcat 1f:backup/photos.tar", "without a local archive"), new("pg_dump shop | gzip | fichier rcat 1f:dumps/shop.sql.gz", "a dump")];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key, ExitCodes.Integrity];
        Arguments.Add(_path);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = Place.Parse(call.Get(_path));
        if (place is RemotePlace { MeansFolder: true } || (place is LocalPlace local && Path.EndsInDirectorySeparator(local.Text)))
            throw CliException.Usage($"'{Escaping.Visible(place.Text)}' is a folder.", "Name the file: rcat 1f:docs/a.txt");

        using var session = new RemoteSession(call);
        var spot = await OpenAsync(session, place, cancellationToken);
        await using var spool = new TemporaryFile();
        var checksum = await FillAsync(spool, cancellationToken);
        if (call.Globals.DryRun)
        {
            Tell(call, "sent", "-", place.Text);
            return ExitCodes.Done;
        }

        var file = new NewFile(spot.Path, spool.Length, spool.OpenAsync)
        {
            ModTime = call.Time.GetUtcNow(),
            Checksum = checksum,
        };
        var display = new TransferDisplay(call.Screen, call.Time) { Total = spool.Length };
        IReadOnlyList<ItemResult> results = [];
        await display.RunAsync("rcat", async () => results = await spot.Volume.PutAsync([file], new PutOptions { Progress = display.For("") }, cancellationToken));
        if (results[0].Error is { } error)
            throw error;

        Tell(call, "sent", "-", place.Text, results[0].Entry?.Link?.Url);
        return ExitCodes.Done;
    }

    /// <summary>A file of the disk is opened in its folder, since alone it need not be there yet.</summary>
    private static async Task<Spot> OpenAsync(RemoteSession session, Place place, CancellationToken cancellationToken)
    {
        if (place is not LocalPlace local)
            return await session.OpenAsync(place, cancellationToken);

        var path = Path.GetFullPath(local.Text);
        var folder = await session.OpenAsync(new LocalPlace(Path.GetDirectoryName(path)!), cancellationToken);
        return new Spot(place, folder.Volume, folder.Path.Combine(LocalVolume.PathOf(Path.GetFileName(path))));
    }

    private static async Task<WhirlpoolHash> FillAsync(TemporaryFile spool, CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();
        using var hash = new Whirlpool();
        var buffer = new byte[BufferSize];
        for (int read; (read = await input.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            await spool.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return hash.GetHashAndReset();
    }
}

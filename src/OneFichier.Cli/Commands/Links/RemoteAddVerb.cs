using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class RemoteAddVerb : ChangeVerb
{
    private readonly ListedArguments _addresses;
    private readonly Option<string> _to = Flags.Text("--to", "PATH", "the folder they go to, as 1f:downloads; made when missing");
    private readonly Option<string> _checksum = Flags.Text("--checksum", "WHIRLPOOL", "the checksum of the one address; in a list it stands behind the address and a tab");
    private readonly RemoteFlags _flags;

    public RemoteAddVerb() : base("add", "Have the service fetch addresses into a folder, past this machine.")
    {
        Details =
            "A hundred addresses go in a request. Without --wait the numbers of the requests are printed, and remote info tells what became of them. With it\n"
            + "each arrival is made sure of: that it lies in the folder, its size where the source tells it from here, its checksum where it is known; one\n"
            + "path a line is printed. --fallback stream and --checksum wait too. In a list a line is an address and, behind tabs, a Whirlpool checksum, a size\n"
            + "and a name. Presigned links of S3 and public links of rclone remotes work; what is behind the ? of an address is never shown or logged.";
        Examples =
        [
            new("fichier remote add https://example.com/a.iso --to 1f:iso --wait", "and wait for it"),
            new("rclone link s3:bucket/a.tar | fichier remote add - --to 1f:moved --wait --fallback stream", "from an S3 bucket, past this machine if it can be"),
            new("fichier remote add --from-file urls.txt --to 1f:in --cookie session=abc123", "hundreds, with a cookie"),
        ];
        Exits = [ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key, ExitCodes.Integrity];
        _addresses = new ListedArguments(this, "URL", "an address: http, https or ftp");
        Options.Add(_to);
        Options.Add(_checksum);
        _flags = new RemoteFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var options = _flags.Of(call);
        var place = PathArguments.Account(Place.Parse(call.Get(_to) is { Length: > 0 } to ? to : throw CliException.Usage("Where to?", "Name a folder: --to 1f:downloads")));
        var sources = Sources(call);
        using var session = new RemoteSession(call);
        if (session.IsEncrypted(place))
            throw CliException.Usage($"'{Escaping.Visible(place.Text)}' is encrypted, and what the service fetches by itself is not.", "Name a folder of the account.");

        if (call.Globals.DryRun)
        {
            foreach (var source in sources)
                Tell(call, "ordered", source.Shown, place.Text);

            return ExitCodes.Done;
        }

        var volume = await session.VolumeAsync(place.Account, place.Path.Start, cancellationToken);
        var run = new RemoteUploadRun(volume, options);
        return _flags.Waits(call) || sources.Any(s => s.Checksum is not null)
            ? await WaitAsync(call, new RemoteReport(call, place, sources.Count), p => run.RunAsync(sources, place.Path.Path, p, cancellationToken))
            : Print(call, await run.OrderAsync(sources, place.Path.Path, cancellationToken));
    }

    private List<RemoteSource> Sources(Call call)
    {
        var sources = _addresses.Of(call).Select(RemoteAddress.Parse).DistinctBy(s => s.Address.AbsoluteUri).ToList();
        if (call.Get(_checksum) is not { Length: > 0 } checksum)
            return sources;

        if (sources.Count > 1)
            throw CliException.Usage("--checksum is for one address.", "In a list it stands behind the address and a tab.");

        return WhirlpoolHash.TryParse(checksum, out var hash)
            ? [sources[0] with { Checksum = hash }]
            : throw CliException.Usage("--checksum: that is no Whirlpool checksum.", "It has 128 hexadecimal digits: fichier hashsum whirlpool FILE");
    }

    private static int Print(Call call, IReadOnlyList<RemoteUploadOrdered> orders)
    {
        foreach (var order in orders)
        {
            if (call.Screen.Json)
                call.Screen.Event(new RemoteOrderEvent("ordered", order.Request, order.Sources.Count), JsonShapes.Default.RemoteOrderEvent);
            else
                call.Screen.Line($"{order.Request}");
        }

        call.Screen.Note($"The service is at it; see: fichier remote info {orders[0].Request}");
        return ExitCodes.Done;
    }

    private static async Task<int> WaitAsync(Call call, RemoteReport report, Func<IProgress<RemoteUploadEvent>, Task<IReadOnlyList<RemoteSourceOutcome>>> run)
    {
        IReadOnlyList<RemoteSourceOutcome> outcomes = [];
        try
        {
            await report.Display.RunAsync("remote uploads", async () => outcomes = await run(report));
        }
        catch (OperationCanceledException) when (report.Requests.Count > 0)
        {
            call.Screen.Note($"The service goes on with what it was asked; see: fichier remote info {report.Requests[^1]}");
            throw;
        }

        report.Sum(outcomes);
        return Conclude(outcomes.Count, [.. outcomes.Select(o => o.Error).OfType<Exception>()]);
    }
}

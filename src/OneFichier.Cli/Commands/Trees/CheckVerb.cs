using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

internal sealed class CheckVerb : Verb
{
    private readonly Argument<string> _source = PathArguments.One("SRC");
    private readonly Argument<string> _target = PathArguments.One("DST");
    private readonly Option<bool> _oneWay = Flags.Switch("--one-way", "what DST has besides is no difference");
    private readonly Option<bool> _sizeOnly = Flags.Switch("--size-only", "compare sizes alone");
    private readonly Option<bool> _download = Flags.Switch("--download", "read both sides, where a checksum is not to be had otherwise");
    private readonly Option<bool> _remembered = Flags.Switch("--remembered", "take the remembered checksums of local files whose size, time and inode are what they were, and read the others");
    private readonly Option<string> _combined = Flags.Text("--combined", "FILE", "write a line for each file: = same, * differs, + not in DST, - not in SRC, ! failed; - is standard output");
    private readonly FilterOptions _filter;
    private readonly Freshness _freshness;

    public CheckVerb() : base("check", "Compare two trees, file by file, by size and Whirlpool.")
    {
        Details =
            "Local files are read, on all cores, each time: this is a proof. The service's checksums cost nothing. Nothing is changed. Differences are listed and the exit code is 6; it is\n"
            + "0 only where every file is the same.";
        Examples = [new("fichier check /data 1f:data", "prove a copy"), new("fichier check --one-way --combined - /data 1f:data", "every file with its result")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_source);
        Arguments.Add(_target);
        foreach (var option in (Option[])[_oneWay, _sizeOnly, _download, _remembered, _combined])
            Options.Add(option);

        _filter = new FilterOptions(this);
        _freshness = new Freshness(this, "--index-age");
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var options = new CheckOptions { Filter = _filter.Of(call), OneWay = call.Get(_oneWay), SizeOnly = call.Get(_sizeOnly), Download = call.Get(_download), Remembered = call.Get(_remembered) };
        using var session = _freshness.Open(call);
        var ends = await SyncEnds.OpenAsync(session, (call.Get(_source), call.Get(_target), null), new SyncOptions { Filter = options.Filter }, cancellationToken);
        await using var combined = Combined(call);
        var totals = new CheckTotals();
        await foreach (var file in new TreeCheck(ends.Source, ends.Destination, options with { Filter = ends.Wanted.Filter }).RunAsync(null, cancellationToken))
        {
            totals.Add(file);
            combined?.WriteLine($"{file.Sign} {file.Path}");
            Tell(call, file);
        }

        return Conclude(call, totals);
    }

    private TextWriter? Combined(Call call) => call.Get(_combined) switch
    {
        null or "" => null,
        "-" => new StreamWriter(call.Screen.Bytes, leaveOpen: true) { NewLine = "\n" },
        var file => new StreamWriter(file) { NewLine = "\n" },
    };

    private static void Tell(Call call, CheckedFile file)
    {
        if (call.Screen.Json)
        {
            call.Screen.Event(new CheckShape(TypeOf(file.Result), file.Path.ToString(), file.Proven, file.Detail ?? file.Error?.Message), JsonShapes.Default.CheckShape);
        }
        else if (file.Result != CheckResult.Same)
        {
            var why = file.Detail ?? file.Error?.Message;
            call.Screen.Warn($"{Escaping.Visible(file.Path.ToString())}: {Words(file.Result)}{(why is null ? "" : $": {why}")}");
        }
    }

    private static int Conclude(Call call, CheckTotals totals)
    {
        var unproven = totals.Unproven == 0 ? "" : $" {totals.Unproven} of them could be compared by size only (see --download).";
        if (call.Screen.Json)
            call.Screen.Event(new CheckSummary("summary", totals[CheckResult.Same], totals[CheckResult.Differs], totals[CheckResult.MissingOnSource], totals[CheckResult.MissingOnDestination], totals[CheckResult.Failed], totals.Unproven), JsonShapes.Default.CheckSummary);
        else
            call.Screen.Note($"{totals[CheckResult.Same]} files are the same, {totals.Differences} are not.{unproven}");

        return totals.Differences == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private static string TypeOf(CheckResult result) => result switch
    {
        CheckResult.Same => "same",
        CheckResult.Differs => "differs",
        CheckResult.MissingOnSource => "missingOnSource",
        CheckResult.MissingOnDestination => "missingOnDestination",
        _ => "failed",
    };

    private static string Words(CheckResult result) => result switch
    {
        CheckResult.Differs => "differs",
        CheckResult.MissingOnSource => "is not in the source",
        CheckResult.MissingOnDestination => "is not in the destination",
        _ => "could not be checked",
    };
}

internal sealed record CheckShape(string Type, string Path, bool Proven, string? Detail);

internal sealed record CheckSummary(string Type, int Same, int Differs, int MissingOnSource, int MissingOnDestination, int Failed, int Unproven);

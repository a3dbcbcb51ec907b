using System.CommandLine;
using System.Security.Cryptography;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

internal sealed class BackupCheckVerb : Verb
{
    private const int MostFiles = 500;

    private readonly Argument<string> _name = BackupVerbs.Name();
    private readonly Option<bool> _readData = Flags.Switch("--read-data", "read all data too: every byte is fetched");
    private readonly Option<string> _subset = Flags.Text("--read-data-subset", "SHARE", "read a part of the data, as 5%, 1/7 or 2G");
    private readonly Option<long?> _sample = Flags.Number("--sample", $"how many files are restored and compared, up to {MostFiles}; 0 for none", 20);
    private readonly Option<long?> _sampleBytes = Flags.Size("--sample-bytes", "their bytes at most, all together (default 256 MiB)");
    private readonly Option<long?> _seed = Flags.Number("--seed", "take the files that a check of this seed took");
    private readonly Option<string> _restic = BackupVerbs.Restic();

    public BackupCheckVerb() : base("check", "Prove a backup: check the repository, restore a sample and compare it.")
    {
        Details =
            "A backup that cannot be restored is none. After restic's own check some files of the newest snapshot, taken at random, are restored to a temporary\n"
            + "folder and compared: with what the snapshot says of them, and byte by byte with the files of this machine that have kept their size and time since.\n"
            + "A difference ends with exit code 21. What is read is read from the service, past the cache.";
        Examples = [new("fichier backup check laptop", "the structure and twenty files"), new("fichier backup check laptop --read-data-subset 5% --sample 100", "more of it")];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key, ExitCodes.Integrity];
        Arguments.Add(_name);
        foreach (var option in (Option[])[_readData, _subset, _sample, _sampleBytes, _seed, _restic])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var set = BackupSet.Named(call, call.Get(_name));
        var count = call.Get(_sample) is { } wanted and <= MostFiles ? (int)wanted : throw CliException.Usage($"--sample: it is up to {MostFiles}.");
        var seed = (int)((call.Get(_seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue)) & int.MaxValue);
        var program = await BackupVerbs.ResticAsync(call, _restic, cancellationToken);
        await using var session = await BackupSession.OpenAsync(call, set, program, BackupMode.Checking, cancellationToken);
        await session.Repository.CheckAsync(call.Get(_readData) ? "all" : call.Get(_subset), line => Say(call, line), cancellationToken);
        call.Screen.Note($"{set.Name}: the repository is in order{(call.Get(_readData) ? ", and so is all its data" : "")}.");

        var snapshot = Snapshot.LatestOf(await session.Repository.SnapshotsAsync(cancellationToken), set.Record.Host);
        var sample = new FileSample(count, call.Get(_sampleBytes) ?? 256L << 20, new Random(seed));
        var result = snapshot is null ? new ProofResult(0, 0, 0, []) : await ProveAsync(call, set, session, (snapshot, sample), cancellationToken);
        return Conclude(call, set, session, (snapshot, result, seed));
    }

    private static async Task<ProofResult> ProveAsync(Call call, BackupSet set, BackupSession session, (Snapshot Snapshot, FileSample Sample) what, CancellationToken cancellationToken)
    {
        var scratch = Path.Combine(set.CacheFolder(call), "restored");
        RestoreProof.RemoveScratch(scratch);
        await session.Repository.EachFileAsync(what.Snapshot.Id, what.Sample.Offer, cancellationToken);
        return await new RestoreProof(session.Repository, scratch).RunAsync(what.Snapshot, what.Sample.Taken(), what.Snapshot.Host == set.Record.Host, cancellationToken);
    }

    private static void Say(Call call, string line)
    {
        if (call.Globals.Verbosity > 0 && line.Length > 0)
            call.Screen.Note(Escaping.Visible(line));
    }

    private static int Conclude(Call call, BackupSet set, BackupSession session, (Snapshot? Snapshot, ProofResult Result, int Seed) proven)
    {
        var (snapshot, result, seed) = proven;
        foreach (var mismatch in result.Mismatches)
        {
            if (call.Screen.Json)
                call.Screen.Event(new BackupMismatchEvent("mismatch", set.Name, mismatch.Path, mismatch.Reason), JsonShapes.Default.BackupMismatchEvent);
            else
                call.Screen.Warn($"{Escaping.Visible(mismatch.Path)}: {mismatch.Reason}");
        }

        if (call.Screen.Json)
            call.Screen.Event(new BackupCheckSummary("summary", set.Name, snapshot?.Id, result.Files, result.Compared, result.Bytes, result.Mismatches.Count, seed, session.Requests, session.Fetched), JsonShapes.Default.BackupCheckSummary);
        else if (snapshot is null)
            call.Screen.Note($"{set.Name}: there is no snapshot yet, so nothing was restored. {session.Cost}.");
        else
            call.Screen.Note($"{set.Name}: restored {result.Files} files ({Units.Size(result.Bytes)}) of snapshot {snapshot.ShortId}; {result.Compared} of them could be compared with those of this machine. Seed {seed}. {session.Cost}.");

        return result.Mismatches.Count == 0
            ? ExitCodes.Done
            : throw new CliException(ExitCodes.Integrity, $"{result.Mismatches.Count} of {result.Files} restored files are not as they should be; they are listed above.", $"Look at them again with --seed {seed}, and read all: fichier backup check {set.Name} --read-data");
    }
}

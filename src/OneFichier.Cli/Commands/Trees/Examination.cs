using System.Net.Sockets;
using System.Runtime.InteropServices;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>The checks of <c>fichier doctor</c>, one after another; a later one is left out where an earlier one makes it senseless.</summary>
internal sealed class Examination(Call call)
{
    public async IAsyncEnumerable<Finding> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new Finding("program", Finding.Good, $"fichier {VersionVerb.Number}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        yield return MachineChecks.Clock(call.Time);
        yield return Folder("config", call.Places.ConfigFolder);
        yield return Folder("state", call.Places.StateFolder);
        yield return Folder("cache", call.Places.CacheFolder);
        yield return Mount();
        yield return await MachineChecks.ToolAsync("rclone", "Needed for remotes of rclone only.", cancellationToken);
        yield return await MachineChecks.ToolAsync("restic", "Needed for backups only.", cancellationToken);
        yield return MachineChecks.Proxy(Environment.GetEnvironmentVariable);
        yield return await MachineChecks.AddressesAsync(Session.ApiBase().Host, cancellationToken);
        var network = await NetworkAsync(Session.ApiBase(), cancellationToken);
        yield return network;
        await foreach (var finding in AccountAsync(network.State == Finding.Good, cancellationToken))
            yield return finding;
    }

    private static Finding Folder(string check, string path)
    {
        if (!Directory.Exists(path))
            return new Finding(check, Finding.Good, $"{path} (not there yet)");

        var files = new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).ToList();
        var open = files.FirstOrDefault(f => !OperatingSystem.IsWindows() && (f.UnixFileMode & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None);
        var detail = $"{path}: {files.Count} files, {Units.Size(files.Sum(f => f.Length))}; {Units.Size(new DriveInfo(path).AvailableFreeSpace)} free on the disk";
        return open is null
            ? new Finding(check, Finding.Good, detail)
            : new Finding(check, Finding.Doubtful, $"{detail}; others may read {open.Name}") { Remedy = $"Run: chmod -R go= '{path}'" };
    }

    private static Finding Mount()
    {
        if (!OperatingSystem.IsLinux())
            return new Finding("mount", Finding.Doubtful, "mounting works on Linux only");

        try
        {
            using var device = new FileStream("/dev/fuse", FileMode.Open, FileAccess.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding("mount", Finding.Doubtful, $"/dev/fuse cannot be opened: {e.Message}") { Remedy = "Load the module fuse, or give the container the device." };
        }

        var helper = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "fusermount3")));
        return helper
            ? new Finding("mount", Finding.Good, "/dev/fuse and fusermount3 are there")
            : new Finding("mount", Finding.Doubtful, "fusermount3 is missing, which all users but root need") { Remedy = "Install the package fuse3." };
    }

    private async Task<Finding> NetworkAsync(Uri address, CancellationToken cancellationToken)
    {
        var proxy = Environment.GetEnvironmentVariable("HTTPS_PROXY") ?? Environment.GetEnvironmentVariable("https_proxy");
        var target = address.Scheme == "https" && Uri.TryCreate(proxy, UriKind.Absolute, out var through) ? through : address;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(10));
            var started = call.Time.GetTimestamp();
            using var socket = new TcpClient();
            await socket.ConnectAsync(target.Host, target.Port, limit.Token);
            return new Finding("network", Finding.Good, $"{target.Host}:{target.Port} answers in {call.Time.GetElapsedTime(started).TotalMilliseconds:0} ms");
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Finding("network", Finding.Bad, $"{target.Host}:{target.Port} cannot be reached: {e.Message}") { Remedy = "Check the connection, the name server and HTTPS_PROXY.", ExitCode = ExitCodes.Temporary };
        }
    }

    private async IAsyncEnumerable<Finding> AccountAsync(bool isReachable, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (session, failure) = await OpenAsync(cancellationToken);
        using (session)
        {
            if (failure is not null)
                yield return failure;

            if (session is null)
                yield break;

            yield return await TryAsync("locks", () => LocksAsync(session, cancellationToken));
            yield return await TryAsync("limits", () => LimitsAsync(session, cancellationToken));
            yield return Index(session);
            if (!isReachable)
                yield break;

            var key = await TryAsync("key", () => KeyAsync(session, cancellationToken));
            yield return key;
            if (key.State == Finding.Good)
                yield return await TryAsync("offer", () => OfferAsync(session, cancellationToken));
        }
    }

    private async Task<(Session?, Finding?)> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await Session.OpenAsync(call, cancellationToken), null);
        }
        catch (FichierException e)
        {
            return (null, Finding.Of("key", e));
        }
    }

    private static async Task<Finding> TryAsync(string check, Func<Task<Finding>> look)
    {
        try
        {
            return await look();
        }
        catch (FichierException e)
        {
            return Finding.Of(check, e);
        }
    }

    private static async Task<Finding> LocksAsync(Session session, CancellationToken cancellationToken)
    {
        var budget = await session.Client.Budget.SnapshotAsync(cancellationToken);
        return budget.Locks is [var held, ..]
            ? new Finding("locks", Finding.Doubtful, $"locked until {held.Until.ToLocalTime():HH:mm:ss}: {held.Cause}") { Remedy = "Wait; see: fichier quota" }
            : new Finding("locks", Finding.Good, $"none; {budget.Users.Count} processes used the budget within the last hour");
    }

    private static async Task<Finding> LimitsAsync(Session session, CancellationToken cancellationToken)
    {
        var budget = await session.Client.Budget.SnapshotAsync(cancellationToken);
        var spent = budget.Rules.Where(r => r.Limit > 1 && r.Window > TimeSpan.FromSeconds(5) && r.Used >= r.Limit * 0.8).ToList();
        if (spent.Count > 0)
            return new Finding("limits", Finding.Doubtful, string.Join("; ", spent.Select(r => $"{r.Name}: {r.Used} of {r.Limit} in {Units.Duration(r.Window)}"))) { Remedy = "See who: fichier quota" };
        var waiting = budget.Waiting.Sum(w => w.Count);
        return budget.Slowness > 1
            ? new Finding("limits", Finding.Doubtful, $"the pace is {budget.Slowness:0.#} times slower than allowed, after complaints of the service; {waiting} calls wait") { Remedy = "Look for another program that uses the same key." }
            : new Finding("limits", Finding.Good, $"none is near; {waiting} calls wait");
    }

    private static Finding Index(Session session)
    {
        var file = new FileInfo(Path.Combine(session.StateFolder, "index.db"));
        return new Finding("index", Finding.Good, file.Exists ? $"{file.FullName}: {Units.Size(file.Length)}, last changed {file.LastWriteTime:yyyy-MM-dd HH:mm}" : "nothing is remembered yet");
    }

    private static async Task<Finding> KeyAsync(Session session, CancellationToken cancellationToken)
    {
        await session.ProveAsync(cancellationToken);
        return new Finding("key", Finding.Good, $"{session.Key.Key} from {session.Key.Found.Origin} works");
    }

    private static async Task<Finding> OfferAsync(Session session, CancellationToken cancellationToken)
    {
        var account = await session.Client.Account.GetAsync(cancellationToken: cancellationToken);
        var detail = $"{account.Offer}{(account.SubscriptionEnd is { } end ? $" until {end:yyyy-MM-dd}" : "")}, as of {account.AsOf.ToLocalTime():yyyy-MM-dd HH:mm}{Downloads(account.Offer)}";
        return account.Offer == AccountOffer.Free || account.UploadForbidden == true || account.OverQuota == true
            ? new Finding("offer", Finding.Doubtful, detail) { Remedy = "See: fichier account" }
            : new Finding("offer", Finding.Good, detail);
    }

    // What kind of network an address is in, only the service knows, and it says so when a download is asked for.
    private static string Downloads(AccountOffer offer) => offer is AccountOffer.Premium or AccountOffer.Access
        ? "; from an address the service takes for a data centre or VPN downloads want CDN credits (it then says so), uploads do not"
        : "";
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Mount;

namespace OneFichier.Cli.Commands;

internal sealed class MountVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.One();
    private readonly Argument<string> _point = new("MOUNTPOINT") { Description = "an existing folder of this machine" };
    private readonly Option<bool> _readOnly = Flags.Switch("--read-only", "nothing can be changed through it");
    private readonly Option<bool> _allowOther = Flags.Switch("--allow-other", "other users see it too; for all but root /etc/fuse.conf must say user_allow_other");
    private readonly Option<long?> _cacheSize = Flags.Size("--cache-size", "how much of what was read is kept on this machine's disk (default 10G, or a quarter of the room there is); 0 keeps nothing");
    private readonly Option<TimeSpan?> _writeBack = Flags.Duration("--write-back", "how long nothing must change before what was written is sent", TimeSpan.FromSeconds(4));
    private readonly Option<TimeSpan?> _drain = Flags.Duration("--drain", "how long to go on sending at the end; what is left is kept and sent by the next mount of the same path", TimeSpan.FromMinutes(1));
    private readonly Option<bool> _daemon = Flags.Switch("--daemon", "go on in the background; returns once it is mounted, and says by its exit code whether it is");
    private readonly Option<long?> _user = Flags.Number("--uid", "who everything belongs to (default you)");
    private readonly Option<long?> _group = Flags.Number("--gid", "the group everything belongs to (default yours)");
    private readonly Option<string> _umask = Flags.Text("--umask", "OCTAL", "the permissions that files and folders lack (default yours)");
    private readonly Option<TimeSpan?> _maxAge = Flags.Duration("--max-age", "how old a remembered listing may be, and how late changes made elsewhere are seen", TimeSpan.FromMinutes(5));

    public MountVerb() : base("mount", "Show a folder of an account as a folder of this machine.")
    {
        Details =
            "Linux only. Files can be read and written at any place, as on a disk. What is written waits on this machine's disk and is sent a short\n"
            + "while later; it survives the end of the program, and the next mount of the same path goes on sending it. fusermount3 -u, Ctrl-C and\n"
            + "SIGTERM end it cleanly. See docs/guide/mount.md.";
        Examples =
        [
            new("fichier mount 1f: ~/1fichier --daemon", "the whole account, in the background"),
            new("fichier mount 1f:films /srv/films --read-only --allow-other", "for a media server"),
            new("fichier mount secret: /mnt/secret", "an encrypted remote, seen plain"),
            new("fusermount3 -u ~/1fichier", "the end of it"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        Arguments.Add(_point);
        foreach (var option in (Option[])[_readOnly, _allowOther, _cacheSize, _writeBack, _drain, _daemon, _user, _group, _umask, _maxAge])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var look = LookOf(call);
        if (MountHost.Obstacle() is { } obstacle)
            throw new CliException(ExitCodes.Failed, obstacle, "Load the module: modprobe fuse. For a container: --device /dev/fuse --cap-add SYS_ADMIN. Others than root need the device to be open to all (0666).");
        if (call.Get(_daemon) && !MountDaemon.IsChild)
            return await MountDaemon.StartAsync(call.Screen, cancellationToken);

        await MountHost.ClearAsync(call.Get(_point), call.Logs.CreateLogger("OneFichier.Mount"), cancellationToken);
        await using var source = await MountSource.OpenAsync(call, Place.Parse(call.Get(_path)), new MountSourceOptions
        {
            ReadOnly = call.Get(_readOnly),
            Quiet = call.Get(_writeBack) ?? TimeSpan.FromSeconds(4),
            MaxAge = call.Get(_maxAge) ?? TimeSpan.FromMinutes(5),
            CacheSize = call.Get(_cacheSize),
        }, cancellationToken);
        await using (var host = await StartAsync(call, source, look, cancellationToken))
        {
            Announce(call);
            await EndAsync(host, cancellationToken);
            ServiceManager.Say("STOPPING=1");
        }

        await DrainAsync(call, source);
        return ExitCodes.Done;
    }

    private async Task<MountHost> StartAsync(Call call, MountSource source, VolumeFileSystemOptions look, CancellationToken cancellationToken)
    {
        var options = new MountOptions
        {
            Folder = call.Get(_point),
            Source = call.Get(_path),
            ReadOnly = call.Get(_readOnly),
            AllowOther = call.Get(_allowOther),
            Look = look,
            Logger = call.Logs.CreateLogger("OneFichier.Mount"),
        };
        return await MountHost.StartAsync(source.Volume, source.Files, options, cancellationToken);
    }

    private void Announce(Call call)
    {
        var (path, point) = (call.Get(_path), Path.GetFullPath(call.Get(_point)));
        call.Screen.Error.WriteLine($"mounted {Escaping.Visible(path)} on {Escaping.Visible(point)}");
        if (call.Screen.Json)
            call.Screen.Event(new MountedEvent("mounted", path, point), JsonShapes.Default.MountedEvent);
        ServiceManager.Say("READY=1");
        if (MountDaemon.IsChild)
            MountDaemon.Detach(call.Screen);
    }

    private static async Task EndAsync(MountHost host, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(asked.SetResult);
        await await Task.WhenAny(host.Ended, asked.Task);
        await host.StopAsync(CancellationToken.None);
    }

    private async Task DrainAsync(Call call, MountSource source)
    {
        if (source.Files.State is not ({ Files: > 0 } or { Changes: > 0 }))
            return;
        using var limit = new CancellationTokenSource(call.Get(_drain) ?? TimeSpan.FromMinutes(1), call.Time);
        try
        {
            await source.Files.DrainAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or FichierException)
        {
            var state = source.Files.State;
            var why = e is OperationCanceledException ? "" : $" ({e.Message})";
            call.Screen.Warn($"{state.Files} files ({Units.Size(state.Bytes)}) and {state.Changes} other changes are not sent yet{why}. They are kept; mount the same path again to have them sent.");
        }
    }

    private VolumeFileSystemOptions LookOf(Call call)
    {
        var look = new VolumeFileSystemOptions { Time = call.Time, Logger = call.Logs.CreateLogger("OneFichier.Mount") };
        if (call.Get(_user) is { } user)
            look = look with { User = Id("--uid", user) };
        if (call.Get(_group) is { } group)
            look = look with { Group = Id("--gid", group) };
        return call.Get(_umask) is { Length: > 0 } umask ? look with { Umask = Octal(umask) } : look;
    }

    private static uint Id(string flag, long number) => number < uint.MaxValue ? (uint)number : throw CliException.Usage($"{flag}: {number} is no number of a user or group.");

    private static uint Octal(string text) => text.Length is > 0 and <= 4 && text.All(c => c is >= '0' and <= '7')
        ? Convert.ToUInt32(text, 8)
        : throw CliException.Usage($"--umask: '{Escaping.Visible(text)}' is not octal.", "As in 022 or 0077");
}

internal sealed record MountedEvent(string Type, string Path, string Mountpoint);

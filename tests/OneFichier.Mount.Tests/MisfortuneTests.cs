using OneFichier.Drive;
using OneFichier.Testing;

namespace OneFichier.Mount.Tests;

/// <summary>What programs are told when the volume cannot do what they want.</summary>
public sealed class MisfortuneTests
{
    private readonly MemoryVolume _volume = new();

    [Fact]
    public async Task A_folder_that_cannot_be_listed_is_an_error_and_never_empty()
    {
        await PutAsync("d/f");
        await using var mounted = await OfAsync(new FaultyVolume(_volume, Enumerable.Range(1, 50).Select(n => new VolumeFault(VolumeCall.List, FaultMoment.Before, n))));
        await mounted.RunAsync("""
            ! ls d > "$work/out" 2> "$work/err"; grep -q 'Input/output error' "$work/err"; [ ! -s "$work/out" ]
            [ "$(cat d/f)" = content ]
            """);
    }

    [Fact]
    public async Task The_last_good_listing_is_shown_when_there_is_no_newer_one()
    {
        await PutAsync("d/f");
        var stale = new StaleVolume(_volume);
        await using var mounted = await OfAsync(stale);
        Assert.Equal("f\n", await mounted.RunAsync("ls d"));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Each_reason_has_its_error(Exception reason, string said)
    {
        await PutAsync("f");
        await using var mounted = await OfAsync(new FaultyVolume(_volume, Enumerable.Range(1, 9).Select(n => new VolumeFault(VolumeCall.Remove, FaultMoment.Before, n) { Exception = reason, InResults = true })));
        Assert.Contains(said, (await mounted.ShellAsync("rm -f f")).Out, StringComparison.Ordinal);
        Assert.Equal("content", await mounted.RunAsync("cat f"));
    }

    public static TheoryData<Exception, string> Reasons => new()
    {
        { new FichierKeyException("no"), "Permission denied" },
        { new FichierAccessException("no"), "Permission denied" },
        { new UnauthorizedAccessException("no"), "Permission denied" },
        { new FichierUnavailableException("no"), "Input/output error" },
        { new FichierFloodException("no"), "Input/output error" },
        { new FichierLockedException("no"), "Input/output error" },
        { new IOException("no"), "Input/output error" },
        { new IOException("no", 28), "No space left" },
        { new IOException("no", new IOException("no", 28)), "No space left" },
        { new IOException("no", 122), "Disk quota exceeded" },
        { new IOException("no", 30), "Read-only file system" },
        { new FolderNotEmptyException(VolumePath.Parse("f")), "Directory not empty" },
        { new NotSupportedException("no"), "not supported" },
    };

    [Fact]
    public async Task A_full_disk_is_told_to_who_writes_and_to_who_syncs()
    {
        var full = false;
        var files = new MemoryFiles(_volume, TimeProvider.System);
        files.OnWrite = () => _ = full ? throw new IOException("full", 28) : 0;
        await using var mounted = await Mounted.OfAsync(files, files);
        await mounted.RunAsync("echo before > f");
        full = true;
        Assert.Contains("No space left", (await mounted.ShellAsync("echo after >> f")).Out, StringComparison.Ordinal);
        Assert.Contains("No space left", (await mounted.ShellAsync("sync f; dd if=/dev/null of=f conv=notrunc,fsync status=none")).Out, StringComparison.Ordinal);
        full = false;
        Assert.Equal("before\n", await mounted.RunAsync("cat f"));
    }

    [Fact]
    public async Task What_takes_too_long_is_an_error_and_the_rest_goes_on()
    {
        await PutAsync("slow/f");
        await PutAsync("f");
        await using var mounted = await OfAsync(new StuckVolume(_volume, "slow"), o => o with { Patience = TimeSpan.FromSeconds(2) });
        await mounted.RunAsync("""
            ! ls slow 2> "$work/err" & [ "$(cat f)" = content ]; wait; grep -q 'Input/output error' "$work/err"
            """);
    }

    [Fact]
    public async Task A_program_that_waits_can_be_killed()
    {
        await PutAsync("slow/f");
        await using var mounted = await OfAsync(new StuckVolume(_volume, "slow"));
        await mounted.RunAsync("""
            ls slow & sleep 1; kill -9 $!; wait $! || [ $? = 137 ]
            timeout -s INT 1 ls slow || [ $? = 124 ]
            """);
    }

    [Fact]
    public async Task A_signal_that_a_program_handles_does_not_fail_what_it_waits_for()
    {
        await PutAsync("slow/f");
        await using var mounted = await OfAsync(new StuckVolume(_volume, "slow", TimeSpan.FromSeconds(3)));
        Assert.Equal("caught\nf\n", await mounted.RunAsync("""
            bash -c 'trap "echo caught" USR1; ( sleep 1; kill -USR1 $PPID ) & for n in slow/*; do :; done; echo ${n##*/}'
            """.Replace("$PPID", "$$", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_changed_on_a_read_only_mount()
    {
        await PutAsync("d/f");
        await using var mounted = await OfAsync(_volume, o => o with { ReadOnly = true });
        await mounted.RunAsync("""
            for c in 'touch n' 'rm d/f' 'mkdir e' 'mv d e' 'truncate -s 1 d/f' 'chmod 600 d/f' 'touch d/f' 'tee -a d/f'; do
                ! $c < /dev/null 2> "$work/err" || { echo "done: $c"; exit 1; }
                grep -q 'Read-only file system' "$work/err"
            done
            [ "$(cat d/f)" = content ]
            """);
    }

    [Fact]
    public async Task Room_is_the_accounts()
    {
        await using var mounted = await OfAsync(new RoomyVolume(_volume, new VolumeSpace(3L << 30, 5L << 30)));
        Assert.Equal("8388608 5242880 255\n", await mounted.RunAsync("stat -f -c '%b %f %S' . | awk '{print $1*$3/1024, $2*$3/1024}' | tr '\\n' ' '; stat -f -c %l ."));
    }

    private async Task PutAsync(string path)
    {
        var file = new NewFile(VolumePath.Parse(path), 7, _ => new ValueTask<Stream>(new MemoryStream("content"u8.ToArray())));
        Assert.Null((await _volume.PutAsync([file]))[0].Error);
    }

    private static Task<Mounted> OfAsync(IVolume volume, Func<MountOptions, MountOptions>? change = null)
    {
        var files = new MemoryFiles(volume, TimeProvider.System);
        return Mounted.OfAsync(files, files, change);
    }

    private sealed class StaleVolume(IVolume inner) : VolumeDecorator(inner)
    {
        public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) =>
            await Inner.ListAsync(folder, cancellationToken) with { Failure = new IOException("not now") };
    }

    private sealed class StuckVolume(IVolume inner, string folder, TimeSpan? until = null) : VolumeDecorator(inner)
    {
        public override async Task<FolderContents> ListAsync(VolumePath path, CancellationToken cancellationToken = default)
        {
            if (path.ToString() == folder)
                await Task.Delay(until ?? Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return await Inner.ListAsync(path, cancellationToken);
        }
    }

    private sealed class RoomyVolume(IVolume inner, VolumeSpace space) : VolumeDecorator(inner), IVolumeSpace
    {
        public ValueTask<VolumeSpace?> SpaceAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<VolumeSpace?>(space);
    }
}

using System.Text;
using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>Two volumes in memory and what happens between them. Coats may be put on either.</summary>
internal sealed class SyncBench
{
    public static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SyncBench() => (Source, Destination) = (From, To);

    public MemoryVolume From { get; } = new();

    public MemoryVolume To { get; } = new();

    /// <summary>The source as the runner sees it.</summary>
    public IVolume Source { get; set; }

    /// <summary>The destination as the runner sees it.</summary>
    public IVolume Destination { get; set; }

    public SyncOptions Wanted { get; set; } = new() { Kind = SyncKind.Sync };

    public SyncEventKeeper Events { get; } = new();

    public static VolumePath At(string path) => VolumePath.Parse(path);

    public static async Task<Entry> WriteAsync(IVolume volume, string path, string content, int hour = 0)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var result = await volume.PutAsync([new NewFile(At(path), bytes.Length, _ => new ValueTask<Stream>(new MemoryStream(bytes))) { ModTime = Day.AddHours(hour) }]);
        return result[0].Error is { } error ? throw error : result[0].Entry!;
    }

    /// <summary>All files with their contents and folders, as lines.</summary>
    public static async Task<SortedSet<string>> TreeAsync(IVolume volume, string folder = "")
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var entry in (await volume.ListAsync(At(folder))).Entries)
        {
            if (entry.IsFolder)
                lines.UnionWith([$"{entry.Path}/", .. await TreeAsync(volume, entry.Path.ToString())]);
            else
                lines.Add($"{entry.Path}={await ReadAsync(volume, entry.Path)}");
        }

        return lines;
    }

    public static async Task<string> ReadAsync(IVolume volume, VolumePath path)
    {
        using var reader = new StreamReader(await volume.OpenAsync(path));
        return await reader.ReadToEndAsync();
    }

    public Task<SyncPlan> PlanAsync() => new SyncPlanner(new SyncTree(From), new SyncTree(To), Wanted).PlanAsync();

    public async Task<SyncResult> RunAsync(SyncPlan? plan = null, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        var runner = new SyncRunner(new SyncTree(Source), new SyncTree(Destination), Wanted, (options ?? new RunOptions()) with { Progress = Events });
        return await runner.RunAsync(plan ?? await PlanAsync(), cancellationToken);
    }

    public async Task AssertEqualAsync() => Assert.Equal(await TreeAsync(From), await TreeAsync(To));
}

/// <summary>Keeps what a run reports; fails when two reports come at once.</summary>
internal sealed class SyncEventKeeper : IProgress<SyncEvent>
{
    private int _inside;

    public List<SyncEvent> All { get; } = [];

    public Action<SyncEvent>? Also { get; set; }

    public IEnumerable<string> Notices => All.OfType<SyncNotice>().Select(n => n.Text);

    public void Report(SyncEvent value)
    {
        Assert.Equal(1, Interlocked.Increment(ref _inside));
        All.Add(value);
        Also?.Invoke(value);
        Interlocked.Decrement(ref _inside);
    }
}

using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>A coat a test cuts to measure: other traits, something done before a call, a record of what was put.</summary>
internal sealed class ActingVolume(IVolume inner) : VolumeDecorator(inner)
{
    private readonly Lock _gate = new();

    public Func<VolumeTraits, VolumeTraits> Shows { get; init; } = t => t;

    public Func<IReadOnlyList<NewFile>, Task>? BeforePut { get; init; }

    /// <summary>Changes what is said of a put.</summary>
    public Func<ItemResult, ItemResult> Says { get; init; } = r => r;

    /// <summary>Abilities that are not let through.</summary>
    public ISet<Type> Lacks { get; init; } = new HashSet<Type>();

    public List<IReadOnlyList<string>> Puts { get; } = [];

    public List<string> Finds { get; } = [];

    public override VolumeTraits Traits => Shows(Inner.Traits);

    public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            Puts.Add([.. files.Select(f => f.Path.ToString())]);
        if (BeforePut is not null)
            await BeforePut(files);
        return [.. (await Inner.PutAsync(files, options, cancellationToken)).Select(Says)];
    }

    public override ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            Finds.Add(path.ToString());
        return base.FindAsync(path, cancellationToken);
    }

    public override TFeature? Feature<TFeature>() where TFeature : class => Lacks.Contains(typeof(TFeature)) ? null : base.Feature<TFeature>();
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>The flags of verbs that show what is remembered: how old it may be.</summary>
internal sealed class Freshness
{
    private readonly Option<bool> _refresh = Flags.Switch("--refresh", "ask the service, whatever is remembered");
    private readonly Option<TimeSpan?> _maxAge;

    /// <param name="verb">The verb that has the flags.</param>
    /// <param name="maxAge">The name of the flag for the age, where the usual one means something else.</param>
    public Freshness(Verb verb, string maxAge = "--max-age")
    {
        _maxAge = Flags.Duration(maxAge, "how old a remembered listing may be", TimeSpan.FromMinutes(5));
        verb.Options.Add(_refresh);
        verb.Options.Add(_maxAge);
    }

    public RemoteSession Open(Call call, RemoteVolumeOptions? volumes = null, LocalVolumeOptions? disks = null) => new(call, new RemoteTreeOptions
    {
        MaxAge = call.Get(_maxAge) ?? TimeSpan.FromMinutes(5),
        FreshSince = call.Get(_refresh) ? call.Time.GetUtcNow() : null,
    })
    {
        Volumes = volumes ?? new RemoteVolumeOptions(),
        Disks = disks ?? new LocalVolumeOptions(),
    };

    /// <summary>Says when what is shown is older than it should be, or not all there is.</summary>
    public static void Tell(Screen screen, Spot spot, VolumePath folder, FolderContents contents)
    {
        var shown = Escaping.Visible(spot.Shown(folder));
        if (contents.Failure is { } failure)
            screen.Warn($"'{shown}' is shown as it was{(contents.AsOf is { } at ? $" at {at.ToLocalTime():yyyy-MM-dd HH:mm:ss}" : "")}: {failure.Message}");

        if (!contents.Complete)
            screen.Warn($"'{shown}' holds more than could be listed; some files may be missing.");

        foreach (var note in contents.Notes)
            screen.Warn(Escaping.Visible(note));
    }
}

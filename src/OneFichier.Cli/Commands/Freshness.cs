using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>The flags of verbs that show what is remembered: how old it may be.</summary>
internal sealed class Freshness
{
    private readonly Option<bool> _refresh = Flags.Switch("--refresh", "ask the service, whatever is remembered");
    private readonly Option<TimeSpan?> _maxAge = Flags.Duration("--max-age", "how old a remembered listing may be", TimeSpan.FromMinutes(5));

    public Freshness(Verb verb)
    {
        verb.Options.Add(_refresh);
        verb.Options.Add(_maxAge);
    }

    public Refresh Refresh(Call call) => call.Get(_refresh) ? Drive.Refresh.Always : Drive.Refresh.WhenOld;

    public RemoteSession Open(Call call) => new(call, call.Get(_maxAge));

    /// <summary>Says when what is shown is older than it should be, or not all there is.</summary>
    public static void Tell(Screen screen, FolderView view)
    {
        if (view.Stale)
            screen.Warn($"'{Escaping.Visible(view.Path.ToString())}' is shown as it was at {view.ListedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}: {view.Failure!.Message}");

        if (!view.Complete)
            screen.Warn($"'{Escaping.Visible(view.Path.ToString())}' holds more than the service lists; some files may be missing.");
    }
}

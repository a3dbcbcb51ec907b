using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;
using Spectre.Console;

namespace OneFichier.Cli.Commands;

/// <summary>Shows how far a run is: bars for the whole and for files under way on a terminal, a line now and then with <c>-P</c> elsewhere, events with <c>--json -P</c>.</summary>
internal sealed class SyncDisplay(Screen screen, TimeProvider time) : IProgress<SyncEvent>
{
    private const int MostBars = 8;
    private const long SmallestBar = 1 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<VolumePath, ProgressTask> _bars = [];
    private ProgressContext? _context;
    private ProgressTask? _total;
    private string _title = "";
    private long _lastLine = time.GetTimestamp();

    /// <summary>Told of what was done.</summary>
    public required Action<SyncEvent> Item { get; init; }

    /// <summary>A path as it is shown beside its bar.</summary>
    public required Func<VolumePath, string> Shown { get; init; }

    /// <summary>Does the work under the bars.</summary>
    public async Task<SyncResult> RunAsync(string title, Func<Task<SyncResult>> work)
    {
        _title = title;
        if (!screen.ShowsProgress || screen.Json || !screen.ErrorIsTerminal)
            return await work();

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(screen.Error),
            ColorSystem = screen.Colors(onError: true) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        return await console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn())
            .StartAsync(async context =>
            {
                _context = context;
                _total = context.AddTask(Markup.Escape(title), maxValue: 1);
                return await work();
            });
    }

    public void Report(SyncEvent value)
    {
        switch (value)
        {
            case FileStarted started when _context is not null && started.Size >= SmallestBar && _bars.Count < MostBars:
                _bars[started.Path] = _context.AddTask(Markup.Escape(Short(Shown(started.Path))), maxValue: started.Size);
                break;
            case FileAdvanced advanced when _bars.TryGetValue(advanced.Path, out var bar):
                bar.Value = advanced.Done;
                break;
            case TotalsChanged changed:
                Total(changed.Totals);
                break;
            case FileTransferred { Path: var path }:
                End(path);
                break;
            case ItemFailed { Path: var path }:
                End(path);
                break;
        }

        Item(value);
    }

    private void End(VolumePath path)
    {
        if (_bars.Remove(path, out var bar))
            bar.StopTask();
    }

    private void Total(RunTotals totals)
    {
        if (_total is not null)
        {
            _total.MaxValue = Math.Max(1, totals.Bytes);
            _total.Value = totals.BytesDone;
            _total.Description = Markup.Escape($"{_title} {Sentence(totals)}");
            return;
        }

        if (!screen.ShowsProgress || (totals.FilesDone < totals.Files && time.GetElapsedTime(_lastLine) < Interval))
            return;

        _lastLine = time.GetTimestamp();
        if (screen.Json)
            screen.Event(new SyncProgress("progress", totals.FilesDone, totals.Files, totals.BytesDone, totals.Bytes, totals.Rate, totals.Left?.TotalSeconds), JsonShapes.Default.SyncProgress);
        else
            screen.Error.WriteLine($"{Units.Size(totals.BytesDone)} of {Units.Size(totals.Bytes)}, {Sentence(totals)}");
    }

    private static string Sentence(RunTotals totals) =>
        $"{totals.FilesDone}/{totals.Files} files, {Units.Size((long)totals.Rate)}/s{(totals.Left is { } left ? $", {Units.Duration(left)} left" : "")}";

    private static string Short(string path)
    {
        var text = Escaping.Visible(path);
        return text.Length <= 40 ? text : "…" + text[^39..];
    }
}

internal sealed record SyncProgress(string Type, int FilesDone, int Files, long BytesDone, long Bytes, double BytesPerSecond, double? SecondsLeft);

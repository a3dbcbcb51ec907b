using Spectre.Console;

namespace OneFichier.Cli.Terminal;

/// <summary>Shows how far a transfer is: a bar on a terminal, a line now and then with <c>-P</c> elsewhere, events with <c>--json -P</c>.</summary>
internal sealed class TransferDisplay(Screen screen, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _done = [];
    private ProgressTask? _bar;
    private long _bytes;
    private long _lastEvent = time.GetTimestamp();

    /// <summary>Bytes in all.</summary>
    public required long Total { get; init; }

    /// <summary>A listener for the files of a folder, whose names it puts behind the folder's path.</summary>
    public IProgress<TransferEvent> For(string folder) => new Listener(this, folder);

    /// <summary>Does the work under the bar.</summary>
    public async Task RunAsync(string title, Func<Task> work)
    {
        if (!screen.ShowsProgress || screen.Json || !screen.ErrorIsTerminal)
        {
            await work();
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(screen.Error),
            ColorSystem = screen.Colors(onError: true) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        await console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                _bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, Total));
                await work();
            });
    }

    private void Report(string folder, TransferEvent change)
    {
        switch (change)
        {
            case TransferAdvanced advanced:
                Advance($"{folder}/{advanced.Name}", advanced.Done);
                break;
            case TransferNotice notice:
                screen.Note(notice.Text);
                break;
        }
    }

    private void Advance(string file, long done)
    {
        lock (_gate)
        {
            _bytes += done - _done.GetValueOrDefault(file);
            _done[file] = done;
            if (_bar is not null)
                _bar.Value = _bytes;

            if (_bar is not null || !screen.ShowsProgress || (_bytes < Total && time.GetElapsedTime(_lastEvent) < Interval))
                return;

            _lastEvent = time.GetTimestamp();
            if (screen.Json)
                screen.Event(new ProgressEvent("progress", _bytes, Total), JsonShapes.Default.ProgressEvent);
            else
                screen.Error.WriteLine($"{Units.Size(_bytes)} of {Units.Size(Total)}");
        }
    }

    private sealed class Listener(TransferDisplay display, string folder) : IProgress<TransferEvent>
    {
        public void Report(TransferEvent value) => display.Report(folder, value);
    }
}

internal sealed record ProgressEvent(string Type, long Done, long Total);

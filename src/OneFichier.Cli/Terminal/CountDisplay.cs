using Spectre.Console;

namespace OneFichier.Cli.Terminal;

/// <summary>Shows how far long work is, in things done: a bar on a terminal, a line a second with <c>-P</c> elsewhere, events on standard error with <c>--json -P</c>.</summary>
internal sealed class CountDisplay(Screen screen, TimeProvider time, string things)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private ProgressTask? _bar;
    private long _done;
    private long _lastLine = time.GetTimestamp();

    /// <summary>Things in all.</summary>
    public required long Total { get; init; }

    /// <summary>Does the work under the bar. Where the output goes to the same terminal there is no bar: what comes shows how far it is.</summary>
    public async Task RunAsync(string title, Func<Task> work)
    {
        if (!screen.ShowsProgress || screen.Json || !screen.ErrorIsTerminal || screen.OutIsTerminal)
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
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                _bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, Total));
                await work();
            });
    }

    /// <summary>So many are done.</summary>
    public void Reach(long done)
    {
        lock (_gate)
        {
            _done = done;
            if (_bar is not null)
                _bar.Value = done;

            if (_bar is not null || !screen.ShowsProgress || screen.ErrorIsTerminal || (_done < Total && time.GetElapsedTime(_lastLine) < Interval))
                return;

            _lastLine = time.GetTimestamp();
            screen.Error.WriteLine(screen.Json ? JsonOutput.Compact(new ProgressEvent("progress", _done, Total), JsonShapes.Default.ProgressEvent) : $"{_done} of {Total} {things}");
        }
    }
}

using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Backup;
using Spectre.Console;

namespace OneFichier.Cli.Commands;

/// <summary>Shows what restic tells: a bar on a terminal, a line now and then with <c>-P</c> elsewhere, events with <c>--json -P</c>; files that failed always.</summary>
internal sealed class BackupDisplay(Call call, string set) : IProgress<BackupEvent>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Screen _screen = call.Screen;
    private ProgressTask? _bar;
    private long _lastLine = call.Time.GetTimestamp();

    /// <summary>Does the work under the bar.</summary>
    public async Task<BackupResult> RunAsync(Func<Task<BackupResult>> work)
    {
        if (!_screen.ShowsProgress || _screen.Json || !_screen.ErrorIsTerminal)
            return await work();

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(_screen.Error),
            ColorSystem = _screen.Colors(onError: true) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        return await console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                _bar = context.AddTask(Markup.Escape(set), maxValue: 1);
                return await work();
            });
    }

    public void Report(BackupEvent value)
    {
        switch (value)
        {
            case BackupProgress progress:
                Advance(progress);
                break;
            case BackupItemFailed failed:
                Failed(failed.Path, failed.Reason);
                break;
        }
    }

    /// <summary>A file that was left out.</summary>
    public void Failed(string path, string reason)
    {
        if (_screen.Json)
            _screen.Event(new FailedEvent("failed", path, ExitCodes.SomeFailed, reason, ""), JsonShapes.Default.FailedEvent);
        else
            _screen.Warn($"{Escaping.Visible(path)}: {Escaping.Visible(reason)}");
    }

    private void Advance(BackupProgress progress)
    {
        if (_bar is not null)
        {
            _bar.MaxValue = Math.Max(1, progress.Bytes);
            _bar.Value = progress.BytesDone;
            _bar.Description = Markup.Escape($"{set} {progress.FilesDone}/{progress.Files} files");
            return;
        }

        if (!_screen.ShowsProgress || call.Time.GetElapsedTime(_lastLine) < Interval)
            return;

        _lastLine = call.Time.GetTimestamp();
        if (_screen.Json)
            _screen.Event(new BackupProgressEvent("progress", set, progress.FilesDone, progress.Files, progress.BytesDone, progress.Bytes), JsonShapes.Default.BackupProgressEvent);
        else
            _screen.Error.WriteLine($"{set}: {Units.Size(progress.BytesDone)} of {Units.Size(progress.Bytes)}, {progress.FilesDone}/{progress.Files} files");
    }
}

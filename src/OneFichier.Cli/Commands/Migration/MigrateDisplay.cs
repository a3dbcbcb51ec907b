using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Migration;
using Spectre.Console;

namespace OneFichier.Cli.Commands;

/// <summary>Shows a migration at work: a bar on a terminal, a line or an event now and then elsewhere, and what fails at once.</summary>
internal sealed class MigrateDisplay(Call call, MigrationHead head) : IProgress<MigrationEvent>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly long _begun = call.Time.GetTimestamp();
    private ProgressTask? _bar;
    private string _title = "";
    private long _lastLine;
    private int _done;
    private long _bytes;

    /// <summary>Files there are in all.</summary>
    public int Files { get; set; }

    /// <summary>Whether files failed because the service or the network was away.</summary>
    public bool Passing { get; private set; }

    /// <summary>Whether files failed for other reasons.</summary>
    public bool Lasting { get; private set; }

    /// <summary>Files that were done before.</summary>
    public int Before { get; init; }

    public async Task<T> RunAsync<T>(string title, Func<Task<T>> work)
    {
        _title = title;
        if (!call.Screen.ShowsProgress || call.Screen.Json || !call.Screen.ErrorIsTerminal)
            return await work();

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(call.Screen.Error),
            ColorSystem = call.Screen.Colors(onError: true) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        return await console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(async context =>
        {
            _bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, Files));
            return await work();
        });
    }

    public void Report(MigrationEvent value)
    {
        lock (_gate)
        {
            switch (value)
            {
                case FilesFound found:
                    (Files, _bytes) = (found.Files, found.Bytes);
                    break;
                case BytesCarried carried:
                    _bytes += carried.Bytes;
                    break;
                case ItemEnded ended:
                    _done++;
                    (Passing, Lasting) = (Passing || ended.Passing, Lasting || (!ended.Passing && ended.Item.State is MigrationState.Failed));
                    Tell(ended.Item);
                    break;
                case WayChanged changed:
                    call.Screen.Note($"{Escaping.Visible(changed.Item.Target.ToString())} is carried: {changed.Why}");
                    break;
            }

            Advance();
        }
    }

    private void Tell(MigrationItem item)
    {
        if (item.State is MigrationState.Failed or MigrationState.Wrong && !call.Screen.Json)
            call.Screen.Warn($"{Escaping.Visible(item.Target.ToString())}: {Escaping.Visible(item.Error ?? "")}");
        else if (call.Screen.Json)
            call.Screen.Event(MigrationItemShape.Of(MigrateVerbs.Word(item.State), head, item), JsonShapes.Default.MigrationItemShape);
        else if (call.Globals.Verbosity > 0)
            call.Screen.Note($"{MigrateVerbs.Word(item.Way)}: {Escaping.Visible(item.Target.ToString())}");
    }

    private void Advance()
    {
        var rate = _bytes / Math.Max(0.001, call.Time.GetElapsedTime(_begun).TotalSeconds);
        if (_bar is not null)
        {
            _bar.MaxValue = Math.Max(1, Files);
            _bar.Value = Before + _done;
            _bar.Description = Markup.Escape($"{_title} {Before + _done}/{Files} files, {Units.Size(_bytes)}, {Units.Size((long)rate)}/s");
            return;
        }

        if (!call.Screen.ShowsProgress || (_lastLine != 0 && call.Time.GetElapsedTime(_lastLine) < Interval))
            return;

        _lastLine = call.Time.GetTimestamp();
        if (call.Screen.Json)
            call.Screen.Event(new MigrationProgress("progress", Before + _done, Files, _bytes, rate), JsonShapes.Default.MigrationProgress);
        else
            call.Screen.Error.WriteLine($"{_title}: {Before + _done}/{Files} files, {Units.Size(_bytes)}, {Units.Size((long)rate)}/s");
    }
}

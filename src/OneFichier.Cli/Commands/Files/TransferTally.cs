using System.Collections.Concurrent;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>What was done, for the summary.</summary>
internal sealed class TransferTally
{
    private readonly ConcurrentQueue<Exception> _failed = [];
    private int _files;
    private int _unchanged;
    private long _bytes;

    public IReadOnlyCollection<Exception> Failed => _failed;

    public void Done(long bytes)
    {
        Interlocked.Increment(ref _files);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void Unchanged() => Interlocked.Increment(ref _unchanged);

    public void Fail(Exception error) => _failed.Enqueue(error);

    /// <summary>Says the summary and gives the exit code.</summary>
    public int Conclude(Call call, string verb, int items)
    {
        var summary = new SummaryEvent("summary", _files, _bytes, _unchanged, _failed.Count);
        if (call.Screen.Json)
            call.Screen.Event(summary, JsonShapes.Default.SummaryEvent);
        else if (call.Globals.Verbosity > 0 || call.Screen.ErrorIsTerminal)
            call.Screen.Note($"{verb} {_files} files ({Units.Size(_bytes)}), {_unchanged} unchanged, {_failed.Count} failed.");

        return ChangeVerb.Conclude(items, _failed);
    }
}

using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>A verb that changes something on the service, one item after another: says what it does, and with <c>--dry-run</c> only says it.</summary>
internal abstract class ChangeVerb(string name, string summary) : Verb(name, summary)
{
    /// <summary>Tells of one change; an event with <c>--json</c>, a note otherwise.</summary>
    internal static void Tell(Call call, string done, string path, string? to = null, string? link = null)
    {
        var dry = call.Globals.DryRun;
        if (call.Screen.Json)
            call.Screen.Event(new ChangeEvent(done, path, to, link, dry), JsonShapes.Default.ChangeEvent);
        else if (dry || call.Globals.Verbosity > 0)
            call.Screen.Note($"{(dry ? "would be " : "")}{done}: {Escaping.Visible(path)}{(to is null ? "" : $" -> {Escaping.Visible(to)}")}");
    }

    /// <summary>Tells of an item that failed, so that the others can go on.</summary>
    internal static void TellFailed(Call call, string path, Exception error)
    {
        call.Screen.CountFailure();
        var failure = Failure.Of(error);
        if (call.Screen.Json)
            call.Screen.Event(new FailedEvent("failed", path, failure.ExitCode, failure.Message, failure.Remedy), JsonShapes.Default.FailedEvent);
        else
            call.Screen.Warn($"{Escaping.Visible(path)}: {failure.Message} {failure.Remedy}".TrimEnd());
    }

    /// <summary>Does something for each item. An error that has to do with one item alone is listed, and the rest is done.</summary>
    /// <returns>The exit code.</returns>
    protected static async Task<int> EachAsync<T>(Call call, IReadOnlyList<T> items, Func<T, string> name, Func<T, Task> act)
    {
        var failed = new List<Exception>();
        foreach (var item in items)
        {
            try
            {
                await act(item);
            }
            catch (Exception e) when (items.Count > 1 && ConcernsOne(e))
            {
                TellFailed(call, name(item), e);
                failed.Add(e);
            }
        }

        return Conclude(items.Count, failed);
    }

    /// <summary>The exit code of work on several items: that of the error where all failed in the same way, else "some failed".</summary>
    internal static int Conclude(int items, IReadOnlyCollection<Exception> failed)
    {
        if (failed.Count == 0)
            return ExitCodes.Done;

        var codes = failed.Select(e => Failure.Of(e).ExitCode).Distinct().ToList();
        var code = failed.Count == items && codes.Count == 1 ? codes[0] : ExitCodes.SomeFailed;
        throw new CliException(code, $"{failed.Count} of {items} failed; they are listed above.");
    }

    /// <summary>Whether others may succeed where this one failed.</summary>
    internal static bool ConcernsOne(Exception error) =>
        error is IOException or UnauthorizedAccessException or FichierException { ConcernsAll: false };
}

internal sealed record ChangeEvent(string Type, string Path, string? To, string? Link, bool DryRun);

internal sealed record FailedEvent(string Type, string Path, int ExitCode, string Message, string Remedy);

using System.Text;

namespace OneFichier.Cli.Terminal;

/// <summary>Where the program speaks: data on standard output, everything else on standard error.</summary>
internal sealed class Screen : IDisposable
{
    private readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public Screen(Redactor redactor)
    {
        Redactor = redactor;
        Bytes = StandardStreams.OpenOutput();
        Out = TextWriter.Synchronized(new StreamWriter(Bytes, _utf8, 16 * 1024, leaveOpen: true) { AutoFlush = OutIsTerminal, NewLine = "\n" });
        Error = new RedactingWriter(new StreamWriter(Console.OpenStandardError(), _utf8) { AutoFlush = true }, redactor);
    }

    public Redactor Redactor { get; }

    /// <summary>Standard output as bytes; flush <see cref="Out"/> before using both.</summary>
    public Stream Bytes { get; }

    public TextWriter Out { get; }

    public RedactingWriter Error { get; }

    public bool OutIsTerminal { get; } = !Console.IsOutputRedirected;

    public bool ErrorIsTerminal { get; } = !Console.IsErrorRedirected;

    public bool Json { get; private set; }

    public bool Quiet { get; private set; }

    public bool AsksNothing { get; private set; }

    private bool NoColor { get; set; } =
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) || Environment.GetEnvironmentVariable("TERM") is "dumb";

    /// <summary>How many items could not be done.</summary>
    public int Failures { get; private set; }

    /// <summary>Whether bars may be drawn, on standard error.</summary>
    public bool ShowsProgress { get; private set; }

    public void Configure(Globals globals)
    {
        Json = globals.Json;
        Quiet = globals.Quiet;
        AsksNothing = globals.Yes;
        NoColor |= globals.NoColor;
        ShowsProgress = globals.Progress || (ErrorIsTerminal && !globals.Quiet && !globals.Json);
    }

    public bool Colors(bool onError = false) => !NoColor && (onError ? ErrorIsTerminal : OutIsTerminal);

    /// <summary>A name as it may be written to standard output: escaped for a terminal, as it is for a program.</summary>
    public string Shown(string name) => OutIsTerminal ? Escaping.Visible(name) : name;

    /// <summary>One line of data.</summary>
    public void Line(string text) => Out.WriteLine(text);

    /// <summary>Something worth knowing; silent with <c>--quiet</c>.</summary>
    public void Note(string text)
    {
        if (!Quiet)
            Say("note", "", text);
    }

    /// <summary>Counts an item that could not be done; saying so is for the caller.</summary>
    public void CountFailure() => Failures++;

    /// <summary>Something the user should look at.</summary>
    public void Warn(string text) => Say("warning", "33", text);

    /// <summary>Why the program ends.</summary>
    public void Fail(Failure failure)
    {
        if (Json)
        {
            Error.WriteLine(JsonOutput.Compact(new ErrorEvent("error", failure.ExitCode, failure.Message, failure.Remedy, failure.RetryAt, failure.ServiceText), JsonShapes.Default.ErrorEvent));
            return;
        }

        Error.WriteLine($"{Paint("fichier:", "31")} {failure.Message}");
        if (failure.Remedy.Length > 0)
            Error.WriteLine($"  {failure.Remedy}");
    }

    public void Dispose()
    {
        Out.Flush();
        Error.Flush();
    }

    private void Say(string type, string color, string text)
    {
        var label = type == "note" ? "" : type + ": ";
        Error.WriteLine(Json
            ? JsonOutput.Compact(new MessageEvent(type, text), JsonShapes.Default.MessageEvent)
            : $"{Paint("fichier:", color)} {label}{text}");
    }

    private string Paint(string text, string color) => color.Length > 0 && Colors(onError: true) ? $"\e[{color}m{text}\e[0m" : text;
}

namespace OneFichier.Cli.Terminal;

/// <summary>An end of the program that a verb decided on: an exit code, a sentence, and what the user can do.</summary>
internal sealed class CliException(int exitCode, string message, string remedy = "") : Exception(message)
{
    public int ExitCode => exitCode;

    public string Remedy => remedy;

    public static CliException Usage(string message, string remedy = "") => new(ExitCodes.Usage, message, remedy);
}

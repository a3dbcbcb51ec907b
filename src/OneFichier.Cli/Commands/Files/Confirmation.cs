using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>Asks before what cannot be undone: where a person can answer, and always before the dearest.</summary>
internal static class Confirmation
{
    /// <exception cref="CliException">The answer is not yes, or nobody can be asked about something that must not be done unasked.</exception>
    public static void Require(Call call, string question, bool always)
    {
        var canAsk = !Console.IsInputRedirected && call.Screen.ErrorIsTerminal;
        if (call.Globals.Yes || (!canAsk && !always))
            return;

        if (!canAsk)
            throw CliException.Usage($"{question} Nobody is there to answer.", "Give --yes to go ahead.");

        call.Screen.Error.Write($"{question} [y/N] ");
        if (Console.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes"))
            throw new CliException(ExitCodes.Failed, "Nothing was done.");
    }
}

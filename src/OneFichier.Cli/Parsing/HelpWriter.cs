using System.CommandLine;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Parsing;

/// <summary>The help of a verb: what it does, how it is written, examples, exit codes.</summary>
internal sealed class HelpWriter(TextWriter output)
{
    /// <summary>The verb as it is typed: <c>fichier key show</c>.</summary>
    public static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;

    public void Write(Command command)
    {
        output.WriteLine(command.Description);
        WriteUsage(command);
        if (command is Verb { Details.Length: > 0 } verb)
            output.WriteLine($"\n{verb.Details}");

        WriteRows("Arguments", command.Arguments.Where(a => !a.Hidden).Select(a => (a.HelpName ?? a.Name, a.Description ?? "")));
        WriteCommands(command);
        var own = command.Options.Where(o => !o.Hidden && !GlobalFlags.All.Contains(o)).ToList();
        WriteRows("Flags", own.Select(Row));
        WriteRows("Global flags", GlobalFlags.All.Select(Row));
        if (command is Verb described)
            WriteVerb(described);

        output.WriteLine($"\nEvery flag --foo-bar can also be set as FICHIER_FOO_BAR, or as \"foo-bar\" under \"preferences\" in the configuration.");
        if (command.Subcommands.Count > 0)
            output.WriteLine($"Help on a command: {PathOf(command)} COMMAND --help");
    }

    private void WriteUsage(Command command)
    {
        var arguments = string.Concat(command.Arguments.Where(a => !a.Hidden).Select(a => " " + Shape(a)));
        var rest = command.Subcommands.Count > 0 ? " COMMAND" : "";
        output.WriteLine($"\nUsage:\n  {PathOf(command)}{rest} [flags]{arguments}");
    }

    private static string Shape(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        var many = argument.Arity.MaximumNumberOfValues > 1 ? "…" : "";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}{many}]" : name + many;
    }

    private void WriteCommands(Command command)
    {
        foreach (var group in command.Subcommands.Where(c => !c.Hidden).GroupBy(c => Catalog.GroupOf(c)))
            WriteRows(group.Key, group.Select(c => (c.Name, c.Description ?? "")));
    }

    private void WriteVerb(Verb verb)
    {
        if (verb.Examples.Count > 0)
            output.WriteLine("\nExamples:" + string.Concat(verb.Examples.Select(e => $"\n  # {e.Meaning}\n  $ {e.Line}")));

        int[] always = [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Interrupted];
        var codes = verb.Exits.Concat(always).Distinct().Order();
        WriteRows("Exit codes", codes.Select(c => ($"{c,3}", ExitCodes.Meanings[c])));
    }

    private static (string, string) Row(Option option)
    {
        var letter = option.Aliases.FirstOrDefault(a => a.Length == 2);
        var value = option.ValueType == typeof(bool) ? "" : " " + (option.HelpName ?? "VALUE");
        var many = option.Arity.MaximumNumberOfValues > 1 ? " (repeatable)" : "";
        var fallback = option.HasDefaultValue && option.ValueType != typeof(bool) ? $" (default {Text(option.GetDefaultValue())})" : "";
        return ($"{(letter is null ? "    " : letter + ", ")}{option.Name}{value}", option.Description + many + fallback);
    }

    private static string Text(object? value) => value is TimeSpan time ? Units.Duration(time) : $"{value}";

    private void WriteRows(string title, IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;

        output.WriteLine($"\n{title}:");
        var width = Math.Min(all.Max(r => r.Left.Length), 44);
        foreach (var (left, right) in all)
            output.WriteLine(left.Length > width ? $"  {left}\n  {new string(' ', width)}  {right}" : $"  {left.PadRight(width)}  {right}".TrimEnd());
    }
}

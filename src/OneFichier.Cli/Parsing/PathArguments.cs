using System.CommandLine;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Parsing;

/// <summary>The arguments of verbs that take paths.</summary>
internal static class PathArguments
{
    private const string Remote = "a path as 1f:docs/a.txt, a folder as id:3357645, or a link";

    private const string Any = Remote + ", or a local path";

    /// <summary>One path, remote or local; the root of the default account where none is given.</summary>
    public static Argument<string> Optional() => new("PATH") { Description = Any + " (default 1f:)", DefaultValueFactory = _ => "1f:" };

    public static Argument<string> One(string name = "PATH") => new(name) { Description = Any };

    /// <summary>A folder to write to.</summary>
    public static Argument<string> Target() => new("DST") { Description = "a folder: local, or as 1f:docs, or by number as id:3357645; it is made when missing" };

    public static Argument<string> OneRemote(string name = "PATH") => new(name) { Description = Remote };

    public static Argument<string[]> ManyRemote(string name = "PATH") => new(name) { Description = Remote, Arity = ArgumentArity.OneOrMore };

    /// <summary>Sources and, last, a target.</summary>
    public static Argument<string[]> SourcesAndTarget(string name, string meaning) => new(name) { Description = meaning, Arity = new ArgumentArity(2, 100_000) };

    /// <exception cref="CliException">It is another kind of place.</exception>
    public static RemotePlace Account(Place place) => place as RemotePlace
        ?? throw CliException.Usage($"'{Escaping.Visible(place.Text)}' is no path of an account.", "One looks like 1f:docs, work:docs or id:3357645; ./name is local.");
}

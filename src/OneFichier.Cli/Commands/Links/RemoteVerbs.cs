using OneFichier.Cli.Parsing;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier remote</c>: the service fetches from elsewhere by itself.</summary>
internal static class RemoteVerbs
{
    public static VerbGroup Group() => new("remote", "Have the service fetch from elsewhere by itself.") { new RemoteAddVerb(), new RemoteLsVerb(), new RemoteInfoVerb() };
}

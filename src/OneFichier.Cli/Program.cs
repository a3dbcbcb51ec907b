using OneFichier.Cli;
using OneFichier.Cli.Commands;
using OneFichier.Cli.Parsing;

var catalog = new Catalog()
    .Group("Account and key",
        new LoginVerb(),
        new LogoutVerb(),
        KeyVerbs.Group())
    .Group("Files",
        new HashsumVerb())
    .Group("Settings and help",
        new ExplainVerb(),
        ConfigVerbs.Group(),
        new CompletionVerb(),
        new CompleteVerb(),
        new VersionVerb());

using var shell = new Shell(catalog.Root);
return await shell.RunAsync(args);

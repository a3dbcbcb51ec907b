using OneFichier.Cli;
using OneFichier.Cli.Commands;
using OneFichier.Cli.Parsing;

var catalog = new Catalog()
    .Group("Help", new ExplainVerb(), new VersionVerb());

using var shell = new Shell(catalog.Root);
return await shell.RunAsync(args);

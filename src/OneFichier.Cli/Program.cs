using OneFichier.Cli;
using OneFichier.Cli.Commands;
using OneFichier.Cli.Parsing;

var catalog = new Catalog()
    .Group("Account and key",
        new LoginVerb(),
        new LogoutVerb(),
        KeyVerbs.Group(),
        new AccountVerb(),
        new QuotaVerb())
    .Group("Files",
        new LsVerb(),
        new LsjsonVerb(),
        new TreeVerb(),
        new DuVerb(),
        new FindVerb(),
        new StatVerb(),
        new MkdirVerb(),
        new RmdirVerb(),
        new RmVerb(),
        new PurgeVerb(),
        new MvVerb(),
        new CpVerb(),
        new RenameVerb(),
        new PutVerb(),
        new GetVerb(),
        new CatVerb(),
        new RcatVerb(),
        new CopyVerb(),
        new SyncVerb(),
        new MoveVerb(),
        new CheckVerb(),
        new DedupeVerb(),
        new ChattrVerb(),
        new ShareVerb(),
        new ScanVerb(),
        new LinkVerb(),
        new UrlVerb(),
        RemoteVerbs.Group(),
        new HashsumVerb(),
        IndexVerbs.Group(),
        new ApiVerb())
    .Group("Faces",
        new MountVerb(),
        ServeVerbs.Group(),
        TokenVerbs.Group())
    .Group("Work that goes on",
        BackupVerbs.Group(),
        JobVerbs.Group(),
        MigrateVerbs.Group(),
        new WorkerVerb())
    .Group("Settings and help",
        new DemoVerb(),
        new DoctorVerb(),
        new SandboxVerb(),
        new ExplainVerb(),
        ConfigVerbs.Group(),
        new CompletionVerb(),
        new CompleteVerb(),
        new VersionVerb());

using var shell = new Shell(catalog.Root);
return await shell.RunAsync(args);

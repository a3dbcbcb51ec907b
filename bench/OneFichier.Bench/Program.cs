using OneFichier.Bench;

return args switch
{
    ["whirlpool", .. var rest] => WhirlpoolBench.Run(rest),
    ["transfer", .. var rest] => await TransferBench.RunAsync(rest),
    ["sync", .. var rest] => await SyncBench.RunAsync(rest),
    ["check", .. var rest] => await CheckBench.RunAsync(rest),
    ["sync-scale", .. var rest] => await SyncScaleBench.RunAsync(rest),
    ["sync-kills", .. var rest] => await SyncKillsBench.RunAsync(rest),
    ["migrate-kills", .. var rest] => await MigrateKillsBench.RunAsync(rest),
    ["governor", .. var rest] => await GovernorBench.Run(rest),
    ["index", .. var rest] => await IndexBench.RunAsync(rest),
    ["crypt", .. var rest] => await CryptBench.RunAsync(rest),
    ["cache", .. var rest] => await CacheBench.RunAsync(rest),
    ["start", .. var rest] => StartBench.Run(rest),
    ["http", .. var rest] => await HttpBench.RunAsync(rest),
    ["links", .. var rest] => await LinksBench.RunAsync(rest),
    ["backup", .. var rest] => await BackupBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench whirlpool|transfer|sync|check|sync-scale|sync-kills|migrate-kills|governor|index|crypt|cache|start|http|links|backup [--write]");
    return 2;
}

using OneFichier.Bench;

return args switch
{
    ["whirlpool", .. var rest] => WhirlpoolBench.Run(rest),
    ["transfer", .. var rest] => await TransferBench.RunAsync(rest),
    ["small-files", .. var rest] => await SmallFilesBench.RunAsync(rest),
    ["start", .. var rest] => StartBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench whirlpool|transfer|small-files|start [--write]");
    return 2;
}

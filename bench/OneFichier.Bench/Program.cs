using OneFichier.Bench;

return args switch
{
    ["whirlpool", .. var rest] => WhirlpoolBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench whirlpool [--write]");
    return 2;
}

using DownloadChild;
using OneFichier;

// Downloads one file, saying how far it is, so that a test can kill it at any point. Arguments: API base, key, link, size, checksum, target,
// and after how many bytes it goes no further, if it is to wait there.
using var client = new FichierClient(new FichierOptions { Key = ApiKey.Parse(args[1]), ApiBase = new Uri(args[0]) });
var source = new DownloadSource(FileLink.Parse(args[2]), long.Parse(args[3]), WhirlpoolHash.Parse(args[4]));
try
{
    await client.Transfers.DownloadAsync(source, args[5], new DownloadOptions { SegmentedFrom = 1 << 20, Throttle = args.Length > 6 ? new Wall(long.Parse(args[6])).PassAsync : null }, new Spoken());
    Console.WriteLine("done");
    return 0;
}
catch (IOException e)
{
    Console.WriteLine($"{e.Message} | part kept: {File.Exists(args[5] + ".part")} | target there: {File.Exists(args[5])}");
    return 1;
}

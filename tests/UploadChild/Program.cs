using OneFichier;
using OneFichier.Drive;
using OneFichier.Drive.Index;
using OneFichier.Governor;
using UploadChild;

// Puts three files into docs, or changes docs/a on the service, and stops for good at a point, so that a test can kill it there. Arguments: API base, key, state folder, the time, the point, and
// what it does: put (the default), copy, move, rename, remove.
var time = new StandingTime(DateTimeOffset.Parse(args[3]));
var stop = new StopAt(args[4]);
using var http = new HttpClient(stop) { Timeout = Timeout.InfiniteTimeSpan };
using var client = new FichierClient(
    new FichierOptions { Key = ApiKey.Parse(args[1]), ApiBase = new Uri(args[0]), Time = time, Ledger = new MemoryLedger(new LedgerOptions { Rules = [], Time = time }) }, http);
using var index = new SqliteListingStore(Path.Combine(args[2], "index.db"), time);
var volume = new RemoteVolume(new RemoteTree(client, index), new RemoteVolumeOptions { JournalFolder = Path.Combine(args[2], "uploads") });
var results = await (args.ElementAtOrDefault(5) switch
{
    "copy" => volume.CopyAsync([((await LookAsync())!, VolumePath.Parse("other/a"))]),
    "move" => volume.MoveAsync([new VolumeMove((await LookAsync())!.Path, VolumePath.Parse("other/a"))]),
    "rename" => volume.MoveAsync([new VolumeMove((await LookAsync())!.Path, VolumePath.Parse("docs/renamed"))]),
    "remove" => volume.RemoveAsync([(await LookAsync())!.Path]),
    _ => volume.PutAsync([File("a", "new content"), File("b", new string('b', 300_000)), File("empty", "")]),
});
Console.WriteLine(string.Join('\n', results.Select(r => r.Error?.ToString() ?? "done")));

async Task<Entry?> LookAsync()
{
    await volume.ListAsync(VolumePath.Parse("other"));
    return await volume.FindAsync(VolumePath.Parse("docs/a"));
}

NewFile File(string name, string content) => new(VolumePath.Parse("docs/" + name), content.Length, async _ =>
{
    if (name == "b")
        await stop.StandAsync("reading");
    return new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
})
{
    ModTime = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero),
};

using System.Text;
using OneFichier.Drive;
using OneFichier.Drive.Staging;

// Writes files through a spool until it is killed, and says of each version what was acknowledged. Arguments: the folder it is stored in, the spool, a seed.
var random = new Random(int.Parse(args[2]));
var options = new SpoolOptions { Folder = args[1], Quiet = TimeSpan.FromMilliseconds(5), Longest = TimeSpan.FromMilliseconds(50) };
await using var volume = new SpooledVolume(new LocalVolume(args[0]), options);
for (var version = 1; ; version++)
{
    var path = VolumePath.Parse($"f{random.Next(3)}/{random.Next(8)}");
    var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{version} ", 1 + (version % 500))));
    switch (random.Next(3))
    {
        case 0:
            await PutAsync(path, content);
            break;
        case 1:
            await WriteAsync(VolumePath.Parse($"{path.Parent}.tmp{version}"), content);
            await volume.MakeFolderAsync(path.Parent);
            await volume.MoveAsync([new VolumeMove(VolumePath.Parse($"{path.Parent}.tmp{version}"), path)], replace: true);
            break;
        default:
            await PutAsync(VolumePath.Parse($"g{version}/{path.Name}"), content);
            await volume.MakeFolderAsync(path.Parent);
            await volume.MoveAsync([new VolumeMove(VolumePath.Parse($"g{version}/{path.Name}"), path)], replace: true);
            await volume.RemoveAsync([VolumePath.Parse($"g{version}")]);
            break;
    }

    Console.WriteLine($"{path} {version}.");
}

async Task PutAsync(VolumePath path, byte[] content)
{
    var result = (await volume.PutAsync([new NewFile(path, content.Length, _ => new ValueTask<Stream>(new MemoryStream(content)))]))[0];
    if (result.Error is not null)
        throw result.Error;
}

async Task WriteAsync(VolumePath path, byte[] content)
{
    await using var file = await volume.OpenFileAsync(path, new OpenFileOptions { Write = true, Create = true, Truncate = true });
    for (var at = 0; at < content.Length; at += 100)
        await file.WriteAsync(content.AsMemory(at, Math.Min(100, content.Length - at)), at);
    await file.SyncAsync();
}

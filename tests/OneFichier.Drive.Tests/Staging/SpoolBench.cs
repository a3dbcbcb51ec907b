using OneFichier.Drive.Staging;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>A spooled volume over one that counts calls and fails on cue, on a clock that stands still until it is moved.</summary>
internal sealed class SpoolBench : IAsyncDisposable
{
    public SpoolBench(SpoolOptions? options = null, params VolumeFault[] faults)
    {
        Inner = new FaultyVolume(Stored, faults);
        Options = (options ?? new SpoolOptions { Folder = "" }) with { Folder = Folder["spool"], Time = Time };
        Volume = Open();
    }

    public TempFolder Folder { get; } = new();

    public ManualTime Time { get; } = new();

    public MemoryVolume Stored { get; } = new();

    public FaultyVolume Inner { get; }

    public SpoolOptions Options { get; }

    public SpooledVolume Volume { get; private set; }

    public static VolumePath At(string path) => VolumePath.Parse(path);

    public static NewFile New(string path, string content) =>
        new(At(path), content.Length, _ => new ValueTask<Stream>(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(content))));

    public static async Task<string> TextAsync(IVolume volume, string path)
    {
        await using var stream = await volume.OpenAsync(At(path));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public static async Task<string> TextAsync(IOpenFile file)
    {
        var buffer = new byte[file.Entry.Size + 10];
        return System.Text.Encoding.ASCII.GetString(buffer, 0, await file.ReadAsync(buffer, 0));
    }

    public static ValueTask WriteAsync(IOpenFile file, string text, long offset = 0) => file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), offset);

    public async Task PutAsync(params NewFile[] files) => Assert.All(await Volume.PutAsync(files), r => Assert.Null(r.Error));

    public async Task StoreAsync(params NewFile[] files) => Assert.All(await Stored.PutAsync(files), r => Assert.Null(r.Error));

    public async Task MoveAsync(string from, string to) => Assert.Null(Assert.Single(await Volume.MoveAsync([new VolumeMove(At(from), At(to))], replace: true)).Error);

    public async Task RemoveAsync(params string[] paths) => Assert.All(await Volume.RemoveAsync([.. paths.Select(At)]), r => Assert.Null(r.Error));

    public Task<IOpenFile> WriterAsync(string path) => Volume.OpenFileAsync(At(path), new OpenFileOptions { Write = true, Create = true });

    public Task<IOpenFile> ReaderAsync(string path) => Volume.OpenFileAsync(At(path), new OpenFileOptions());

    public SpooledVolume Open() => new(Inner, Options);

    /// <summary>Ends the volume and begins another on the same spool, over what is made of the volume inside.</summary>
    public async Task ReopenAsync(Func<IVolume, IVolume>? over = null)
    {
        await Volume.DisposeAsync();
        Volume = new SpooledVolume(over?.Invoke(Inner) ?? Inner, Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Volume.DisposeAsync();
        Folder.Dispose();
    }
}

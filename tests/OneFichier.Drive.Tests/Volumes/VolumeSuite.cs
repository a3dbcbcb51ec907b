namespace OneFichier.Drive.Tests.Volumes;

/// <summary>
/// What <see cref="IVolume"/> promises, a sentence a test. A volume passes it by a class of some ten lines that says how one is made; each test gets a new, empty one.
/// </summary>
public abstract partial class VolumeSuite : IAsyncLifetime
{
    /// <summary>The volume of this test.</summary>
    protected IVolume Volume { get; private set; } = null!;

    /// <summary>Makes an empty volume.</summary>
    protected abstract Task<IVolume> CreateAsync();

    /// <summary>Why a name, which is none of the volume's business to judge, truly cannot be held by what is underneath; <see langword="null"/> when it can.</summary>
    protected virtual string? CannotHold(string name) => null;

    /// <summary>How many steps a random walk takes: fewer where each is dear.</summary>
    protected virtual int Steps => 150;

    /// <summary>Ends what <see cref="CreateAsync"/> began, after the volume has been disposed of where it is disposable.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    public async ValueTask InitializeAsync() => Volume = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (Volume is IAsyncDisposable later)
            await later.DisposeAsync();
        else
            (Volume as IDisposable)?.Dispose();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    protected static VolumePath At(string path) => VolumePath.Parse(path);

    protected static byte[] Content(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    protected static NewFile New(string path, byte[] content) =>
        new(At(path), content.Length, _ => new ValueTask<Stream>(new MemoryStream(content, writable: false)));

    protected static NewFile New(string path, string text = "content") => New(path, Content(text));

    /// <summary>Puts files that must succeed, and gives their entries.</summary>
    protected async Task<IReadOnlyList<Entry>> PutAsync(params NewFile[] files)
    {
        var results = await Volume.PutAsync(files);
        Assert.Equal(files.Select(f => f.Path), results.Select(r => r.Path));
        return [.. results.Select(Done)];
    }

    /// <summary>Puts one file that must fail, and gives the reason.</summary>
    protected async Task<Exception> RefusedAsync(NewFile file, PutOptions? options = null) => Failed(Assert.Single(await Volume.PutAsync([file], options)));

    protected async Task<ItemResult> MoveAsync(string from, string to, bool replace = false)
    {
        var result = Assert.Single(await Volume.MoveAsync([new VolumeMove(At(from), At(to))], replace));
        Assert.Equal(At(to), result.Path);
        return result;
    }

    protected async Task<Exception?> RemoveAsync(string path)
    {
        var result = Assert.Single(await Volume.RemoveAsync([At(path)]));
        Assert.Equal(At(path), result.Path);
        Assert.Null(result.Entry);
        return result.Error;
    }

    protected async Task<byte[]> ReadAsync(string path, ByteRange range = default) => await ReadAllAsync(await Volume.OpenAsync(At(path), range));

    protected async Task<string> TextAsync(string path) => System.Text.Encoding.UTF8.GetString(await ReadAsync(path));

    protected static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        await using (stream)
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all);
            return all.ToArray();
        }
    }

    /// <summary>The names in a folder, folders with a slash behind them.</summary>
    protected async Task<IReadOnlyList<string>> NamesAsync(string folder = "")
    {
        var contents = await Volume.ListAsync(At(folder));
        Assert.True(contents.Complete);
        Assert.False(contents.Stale);
        Assert.All(contents.Entries, e => Assert.Equal(At(folder), e.Path.Parent));
        return [.. contents.Entries.Select(e => e.IsFolder ? e.Name + "/" : e.Name)];
    }

    protected static Entry Done(ItemResult result)
    {
        Assert.Null(result.Error);
        Assert.NotNull(result.Entry);
        Assert.Equal(result.Path, result.Entry.Path);
        return result.Entry;
    }

    protected static Exception Failed(ItemResult result)
    {
        Assert.Null(result.Entry);
        Assert.NotNull(result.Error);
        return result.Error;
    }
}

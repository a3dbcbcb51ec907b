using OneFichier.Drive.Staging;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>Does to a spooled volume, and to a model of a disk, what programs do to files, with ends of the process in between.</summary>
internal sealed class RandomFileWork(IVolume inner, TempFolder folder, Random random, bool faults)
{
    private readonly FileModel _model = new();
    private readonly List<(IOpenFile File, ModelFile Model, bool Writes)> _open = [];
    private readonly ManualTime _time = new();
    private SpooledVolume _volume = null!;
    private int _generation;

    public List<string> Log { get; } = [];

    /// <summary>Above so many bytes a file is a large one.</summary>
    public required long BatchBytes { get; init; }

    public async Task RunAsync(int steps)
    {
        _volume = Open();
        for (var step = 0; step < steps; step++)
        {
            await StepAsync();
            Assert.Equal(_model.Lines, await LinesAsync(_volume));
            foreach (var (file, model, _) in _open)
                await SameAsync(file, model);
        }

        await EndAsync();
    }

    private static VolumePath At(string path) => VolumePath.Parse(path);

    private static byte[] Filled(int length, int value) => [.. Enumerable.Repeat((byte)value, length)];

    private SpooledVolume Open() => new(inner, new SpoolOptions { Folder = folder[$"spool{_generation}"], Time = _time, SyncNames = false, BatchBytes = BatchBytes });

    private Task StepAsync() => random.Next(20) switch
    {
        < 2 => OpenAsync(create: true),
        < 4 => OpenAsync(create: false),
        < 8 => WriteAsync(),
        8 => TruncateAsync(),
        9 => CloseAsync(),
        < 13 => MoveAsync(),
        13 => MakeAsync(),
        < 16 => RemoveAsync(),
        16 => PutAsync(),
        < 19 => DrainAsync(),
        _ => random.Next(2) == 0 ? KillAsync() : ReopenAsync(),
    };

    private string APath(Func<string, bool> fits) => _model.Paths.Where(fits).ToList() is { Count: > 0 } some ? some[random.Next(some.Count)] : "";

    private string ANewPath() => $"{APath(_model.IsFolder)}/{"abcd"[random.Next(4)]}".TrimStart('/');

    private async Task OpenAsync(bool create)
    {
        var path = create ? ANewPath() : APath(_model.IsFile);
        if (path.Length == 0 || _model.IsFolder(path) || (_model.Has(path) && create))
            return;
        var (writes, cuts) = (create || random.Next(3) > 0, random.Next(4) == 0);
        Log.Add($"open {path} create {create} write {writes} truncate {cuts}");
        var file = await _volume.OpenFileAsync(At(path), new OpenFileOptions { Write = writes, Create = create, Exclusive = create, Truncate = cuts && writes });
        var model = create ? _model.Set(path, []) : _model.File(path)!;
        if (cuts && writes)
            model.Content = [];
        _open.Add((file, model, writes));
    }

    private async Task WriteAsync()
    {
        var writers = _open.Where(o => o.Writes).ToList();
        if (writers.Count == 0)
            return;
        var (file, model, _) = writers[random.Next(writers.Count)];
        var (offset, data) = (random.Next(3) == 0 ? model.Content.Length : random.Next(60), Filled(random.Next(1, 30), random.Next(1, 255)));
        Log.Add($"write {file.Entry.Path} at {offset} {data.Length} times {data[0]:x2}");
        await file.WriteAsync(data, offset);
        model.Write(data, offset);
        if (random.Next(4) == 0)
            await file.SyncAsync();
    }

    private async Task TruncateAsync()
    {
        var writers = _open.Where(o => o.Writes).ToList();
        if (writers.Count == 0)
            return;
        var (file, model, _) = writers[random.Next(writers.Count)];
        var length = random.Next(60);
        Log.Add($"truncate {file.Entry.Path} to {length}");
        await file.SetLengthAsync(length);
        model.SetLength(length);
    }

    private async Task CloseAsync()
    {
        if (_open.Count == 0)
            return;
        var one = _open[random.Next(_open.Count)];
        Log.Add($"close {one.File.Entry.Path}");
        _open.Remove(one);
        await one.File.DisposeAsync();
    }

    private async Task MoveAsync()
    {
        var (from, to) = (APath(p => p.Length > 0), ANewPath());
        if (from.Length == 0 || from == to || to.StartsWith(from + "/", StringComparison.Ordinal))
            return;
        if (_model.Has(to) && (_model.IsFolder(to) != _model.IsFolder(from) || (_model.IsFolder(to) && !_model.IsEmpty(to))))
            return;
        Log.Add($"move {from} {to}");
        var error = Assert.Single(await _volume.MoveAsync([new VolumeMove(At(from), At(to))], replace: true)).Error;
        if (error is IOException && faults)
            return;
        Assert.Null(error);
        _model.Move(from, to);
    }

    private async Task MakeAsync()
    {
        var path = ANewPath();
        if (_model.Has(path))
            return;
        Log.Add($"mkdir {path}");
        await _volume.MakeFolderAsync(At(path));
        _model.Make(path);
    }

    private async Task RemoveAsync()
    {
        var path = APath(p => p.Length > 0 && (_model.IsFile(p) || _model.IsEmpty(p)));
        if (path.Length == 0)
            return;
        Log.Add($"remove {path}");
        Assert.Null(Assert.Single(await _volume.RemoveAsync([At(path)])).Error);
        _model.Remove(path);
    }

    private async Task PutAsync()
    {
        var path = ANewPath();
        if (_model.IsFolder(path))
            return;
        var content = Filled(random.Next(50), random.Next(1, 255));
        Log.Add($"put {path} {content.Length}");
        Assert.Null(Assert.Single(await _volume.PutAsync([new NewFile(At(path), content.Length, _ => new ValueTask<Stream>(new MemoryStream(content)))])).Error);
        _model.Set(path, content);
    }

    private async Task DrainAsync()
    {
        Log.Add("drain");
        try
        {
            await _volume.DrainAsync();
        }
        catch (IOException) when (faults)
        {
            Log.Add("drain failed");
        }
    }

    /// <summary>The process ends without a word: the next one works on what lies on the disk in that moment.</summary>
    private async Task KillAsync()
    {
        Log.Add("kill");
        foreach (var (file, _, writes) in _open)
        {
            if (writes)
                await file.SyncAsync();
        }

        _open.Clear();
        var before = folder[$"spool{_generation++}"];
        Directory.CreateDirectory(folder[$"spool{_generation}/data"]);
        File.Copy(Path.Combine(before, "journal"), folder[$"spool{_generation}/journal"]);
        foreach (var path in Directory.GetFiles(Path.Combine(before, "data")))
            File.Copy(path, Path.Combine(folder[$"spool{_generation}/data"], Path.GetFileName(path)));
        _volume = Open();
    }

    private async Task ReopenAsync()
    {
        Log.Add("reopen");
        foreach (var (file, _, _) in _open)
            await file.DisposeAsync();
        _open.Clear();
        await _volume.DisposeAsync();
        _volume = Open();
    }

    /// <summary>The whole tree in words, as the model writes it.</summary>
    private static async Task<IReadOnlyList<string>> LinesAsync(IVolume volume)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var (_, contents) in volume.WalkAsync(VolumePath.Root))
        {
            foreach (var entry in contents.Entries)
            {
                using var content = new MemoryStream();
                if (!entry.IsFolder)
                {
                    await using var stream = await volume.OpenAsync(entry.Path);
                    await stream.CopyToAsync(content);
                }

                lines.Add(entry.Path.ToString(), entry.IsFolder ? $"{entry.Path}/" : $"{entry.Path} {Convert.ToHexStringLower(content.ToArray())}");
            }
        }

        return [.. lines.Values];
    }

    private async Task SameAsync(IOpenFile file, ModelFile model)
    {
        var buffer = new byte[model.Content.Length + 10];
        Assert.Equal(model.Content.Length, file.Entry.Size);
        var read = await file.ReadAsync(buffer, 0);
        Assert.Equal(Convert.ToHexString(model.Content), Convert.ToHexString(buffer.AsSpan(0, read)));
        var path = _model.PathOf(model);
        Assert.Equal(path is null, file.Unlinked);
        if (path is not null)
            Assert.Equal(At(path), file.Entry.Path);
    }

    private async Task EndAsync()
    {
        foreach (var (file, _, _) in _open)
            await file.DisposeAsync();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await _volume.DrainAsync();
                break;
            }
            catch (IOException) when (faults && attempt < 20)
            {
                continue;
            }
        }

        Assert.Equal((0, 0L, 0), (_volume.State.Files, _volume.State.Bytes, _volume.State.Changes));
        Assert.Equal(_model.Lines, await LinesAsync(inner));
        await _volume.DisposeAsync();
        Assert.Empty(Directory.GetFiles(folder[$"spool{_generation}/data"]));
    }
}

namespace OneFichier.Drive.Tests.Volumes;

/// <summary>Does random things to a volume and to a model of it, and expects of the one what the other says.</summary>
internal sealed class RandomVolumeWork(IVolume volume, Random random)
{
    public VolumeModel Model { get; } = new();

    public List<string> Log { get; } = [];

    public Task StepAsync() => random.Next(12) switch
    {
        < 4 => PutAsync(),
        4 => MakeAsync(),
        < 8 => MoveAsync(),
        < 10 => RemoveAsync(),
        _ => ReadAsync(),
    };

    private static VolumePath At(string path) => VolumePath.Parse(path);

    private static void Expect(IReadOnlyList<Type> reasons, Exception? error)
    {
        if (reasons.Count == 0)
            Assert.Null(error);
        else
            Assert.Contains(reasons, r => r.IsInstanceOfType(error));
    }

    private string APath() => Model.Paths[random.Next(Model.Paths.Count)];

    private string AName() => "aAb'\u00e9"[random.Next(5)].ToString();

    private string SomePath() => random.Next(3) == 0 ? APath() : $"{(random.Next(4) == 0 ? "" : APath())}/{AName()}".TrimStart('/');

    private async Task PutAsync()
    {
        var (folder, keep) = (random.Next(4) == 0 ? $"{APath()}/{AName()}".TrimStart('/') : APath(), random.Next(4) == 0);
        var names = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => AName()).Distinct(StringComparer.Ordinal).ToList();
        var files = names.Select(n => ($"{folder}/{n}".TrimStart('/'), Content: Bytes())).ToList();
        Log.Add($"put {string.Join(' ', files.Select(f => f.Item1))} keep {keep}");
        var results = await volume.PutAsync(
            [.. files.Select(f => new NewFile(At(f.Item1), f.Content.Length, _ => new ValueTask<Stream>(new MemoryStream(f.Content, writable: false))))], new PutOptions { KeepExisting = keep });
        for (var n = 0; n < files.Count; n++)
            Expect(Model.Put(files[n].Item1, files[n].Content, keep), results[n].Error);
    }

    private async Task MakeAsync()
    {
        var path = SomePath();
        Log.Add($"mkdir {path}");
        var error = await Record.ExceptionAsync(() => volume.MakeFolderAsync(At(path)));
        Expect(Model.Make(path), error);
    }

    private async Task MoveAsync()
    {
        var (from, to, replace) = (random.Next(8) == 0 ? SomePath() : APath(), SomePath(), random.Next(2) == 0);
        Log.Add($"move {from} {to} replace {replace}");
        var results = await volume.MoveAsync([new VolumeMove(At(from), At(to))], replace);
        Expect(Model.Move(from, to, replace), Assert.Single(results).Error);
    }

    private async Task RemoveAsync()
    {
        string[] paths = [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => random.Next(8) == 0 ? SomePath() : APath())];
        Log.Add($"remove {string.Join(' ', paths)}");
        var results = await volume.RemoveAsync([.. paths.Select(At)]);
        for (var n = 0; n < paths.Length; n++)
            Expect(Model.Remove(paths[n]), results[n].Error);
    }

    private async Task ReadAsync()
    {
        var path = SomePath();
        Log.Add($"look {path}");
        var found = await volume.FindAsync(At(path));
        Assert.Equal((Model.Has(path), Model.IsFolder(path)), (found is not null, found?.IsFolder ?? false));
        if (!Model.IsFile(path))
            return;
        var (content, offset) = (Model.Content(path), random.Next(Model.Content(path).Length + 1));
        await using var stream = await volume.OpenAsync(At(path), new ByteRange(offset));
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        Assert.Equal(content[offset..], all.ToArray());
    }

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(3) == 0 ? 0 : random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }
}

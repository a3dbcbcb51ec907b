using OneFichier.Drive;

namespace OneFichier.Mount.Tests;

/// <summary>
/// Open files over a volume in memory, as simple as the contract allows: what is written is put as a whole when the last who has the file open closes it, and shown at once.
/// </summary>
internal sealed class MemoryFiles(IVolume inner, TimeProvider time) : VolumeDecorator(inner), IWritableFiles, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<Content> _contents = [];

    public StagingState State => new(0, 0, 0);

    /// <summary>What each write and each sync meets, for tests of failing disks.</summary>
    public Action OnWrite { get; set; } = () => { };

    public async Task<IOpenFile> OpenFileAsync(VolumePath path, OpenFileOptions options, CancellationToken cancellationToken = default)
    {
        return await AloneAsync(async () =>
        {
            var content = _contents.Find(c => c.Path == path && !c.Unlinked);
            var entry = content?.Entry ?? await Inner.FindAsync(path, cancellationToken);
            if (entry is null && (!options.Create || await Inner.FindAsync(path.Parent, cancellationToken) is not { IsFolder: true } && !path.Parent.IsRoot))
                throw new PathNotFoundException(path, EntryKind.File);
            if (entry is { IsFolder: true } || (entry is not null && options.Exclusive))
                throw new NameTakenException(path);
            if (content is null)
                _contents.Add(content = await LoadAsync(path, entry, cancellationToken));
            if (options.Truncate)
                content.Resize(0, time.GetUtcNow());
            if (entry is null)
                await StoreAsync(content, cancellationToken);
            content.Users++;
            return (IOpenFile)new Opened(this, content);
        });
    }

    public void Dispose() => _gate.Dispose();

    public Task DrainAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) =>
        await AloneAsync(async () => Shown(await Inner.FindAsync(path, cancellationToken)));

    public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        var listed = await Inner.ListAsync(folder, cancellationToken);
        return await AloneAsync(() => Task.FromResult(listed with { Entries = [.. listed.Entries.Select(e => Shown(e)!)] }));
    }

    public override Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) => AloneAsync(async () =>
    {
        var results = await Inner.MoveAsync(moves, replace, cancellationToken);
        foreach (var (move, result) in moves.Zip(results).Where(r => r.Second.Error is null && r.First.From != r.First.To))
        {
            foreach (var content in _contents.Where(c => !c.Unlinked && c.Path == move.To))
                content.Unlinked = true;
            foreach (var content in _contents.Where(c => !c.Unlinked && c.Path.IsWithin(move.From)))
                content.Path = VolumePath.Parse(move.To.ToString() + content.Path.ToString()[move.From.ToString().Length..]);
        }

        return results;
    });

    public override Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) => AloneAsync(async () =>
    {
        var results = await Inner.RemoveAsync(paths, cancellationToken);
        foreach (var content in _contents.Where(c => results.Any(r => r.Error is null && r.Path == c.Path)))
            content.Unlinked = true;
        return results;
    });

    private Entry? Shown(Entry? entry) => entry is null ? null : _contents.Find(c => c.Path == entry.Path && !c.Unlinked)?.Entry ?? entry;

    private async Task<Content> LoadAsync(VolumePath path, Entry? entry, CancellationToken cancellationToken)
    {
        var content = new Content(path, entry?.ModTime ?? time.GetUtcNow());
        if (entry is { Size: > 0 })
        {
            await using var stream = await Inner.OpenAsync(path, default, cancellationToken);
            content.Resize(entry.Size, content.ModTime);
            await stream.ReadExactlyAsync(content.Bytes.AsMemory(0, (int)entry.Size), cancellationToken);
        }

        return content;
    }

    private async Task StoreAsync(Content content, CancellationToken cancellationToken)
    {
        if (content.Unlinked)
            return;
        var bytes = content.Bytes.AsSpan(0, content.Length).ToArray();
        var file = new NewFile(content.Path, bytes.Length, _ => new ValueTask<Stream>(new MemoryStream(bytes))) { ModTime = content.ModTime };
        if ((await Inner.PutAsync([file], cancellationToken: cancellationToken))[0].Error is { } error)
            throw error;
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> act)
    {
        await _gate.WaitAsync();
        try
        {
            return await act();
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed class Content(VolumePath path, DateTimeOffset modTime)
    {
        public VolumePath Path { get; set; } = path;

        public bool Unlinked { get; set; }

        public bool Dirty { get; set; }

        public int Users { get; set; }

        public byte[] Bytes { get; private set; } = [];

        public int Length { get; private set; }

        public DateTimeOffset ModTime { get; set; } = modTime;

        public Entry Entry => new(Path, IsFolder: false) { Size = Length, ModTime = ModTime };

        public void Resize(long length, DateTimeOffset now)
        {
            if (length > Bytes.Length)
            {
                var grown = new byte[Math.Max(length, Math.Min(Bytes.Length * 2L, Array.MaxLength))];
                Bytes.AsSpan(0, Length).CopyTo(grown);
                Bytes = grown;
            }

            if (length < Length)
                Bytes.AsSpan((int)length, Length - (int)length).Clear();
            (Length, ModTime, Dirty) = ((int)length, now, true);
        }
    }

    private sealed class Opened(MemoryFiles files, Content content) : IOpenFile
    {
        public Entry Entry => content.Entry;

        public bool Unlinked => content.Unlinked;

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken = default) => await files.AloneAsync(() =>
        {
            var length = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
            content.Bytes.AsSpan((int)Math.Min(offset, content.Length), length).CopyTo(buffer.Span);
            return Task.FromResult(length);
        });

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, long offset, CancellationToken cancellationToken = default) => await files.AloneAsync(() =>
        {
            files.OnWrite();
            content.Resize(Math.Max(content.Length, offset + data.Length), files.Now());
            data.Span.CopyTo(content.Bytes.AsSpan((int)offset));
            return Task.FromResult(true);
        });

        public async ValueTask SetLengthAsync(long length, CancellationToken cancellationToken = default) => await files.AloneAsync(() =>
        {
            content.Resize(length, files.Now());
            return Task.FromResult(true);
        });

        public async ValueTask SetModTimeAsync(DateTimeOffset time, CancellationToken cancellationToken = default) => await files.AloneAsync(() =>
        {
            (content.ModTime, content.Dirty) = (time, true);
            return Task.FromResult(true);
        });

        public async ValueTask SyncAsync(CancellationToken cancellationToken = default) => await files.AloneAsync(async () =>
        {
            files.OnWrite();
            await files.StoreAsync(content, cancellationToken);
            return true;
        });

        public async ValueTask DisposeAsync() => await files.AloneAsync(async () =>
        {
            if (--content.Users > 0)
                return true;
            if (content.Dirty)
                await files.StoreAsync(content, CancellationToken.None);
            files._contents.Remove(content);
            return true;
        });
    }

    private DateTimeOffset Now() => time.GetUtcNow();
}

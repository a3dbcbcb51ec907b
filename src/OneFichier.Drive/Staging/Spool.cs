namespace OneFichier.Drive.Staging;

/// <summary>What the parts of a spooled volume share.</summary>
internal sealed class Spool : IDisposable
{
    private readonly Overlay _overlay;

    public Spool(IVolume inner, SpoolOptions options)
    {
        (Inner, Options) = (inner, options);
        Folder = new SpoolFolder(options.Folder);
        try
        {
            (Journal, var records) = SpoolJournal.Open(Folder.JournalPath);
            _overlay = new Overlay(options, id => new StagedFile(id, Folder, Journal, options));
            SpoolRecovery.Replay(this, records);
        }
        catch
        {
            Journal?.Dispose();
            Folder.Dispose();
            throw;
        }
    }

    public IVolume Inner { get; }

    public SpoolOptions Options { get; }

    public SpoolFolder Folder { get; }

    public SpoolJournal Journal { get; }

    public Overlay Overlay => _overlay;

    /// <summary>Held from looking at names until what follows from it is written down.</summary>
    public SemaphoreSlim Names { get; } = new(1, 1);

    /// <summary>Held by whoever changes names inside; taken after <see cref="Names"/> where both are.</summary>
    public SemaphoreSlim Stored { get; } = new(1, 1);

    /// <summary>Called when something changed that will have to be sent.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>Ends sending a file, or files below a path, and returns when it has ended.</summary>
    public Func<VolumePath, Task> LetGoAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>A move that is being made inside; until it has ended nobody can tell what is where.</summary>
    public Task Moving { get; set; } = Task.CompletedTask;

    public long Now => Options.Time.GetTimestamp();

    public StagedFile NewFile()
    {
        lock (_overlay.Gate)
            return new StagedFile(_overlay.NextId(), Folder, Journal, Options);
    }

    /// <summary>Writes changes down and makes them. States of files describe what is so already.</summary>
    /// <exception cref="IOException">The disk is full or broken; nothing was changed.</exception>
    public void Commit(params IReadOnlyList<SpoolRecord> records)
    {
        lock (_overlay.Gate)
        {
            Journal.Append(records);
            foreach (var record in records.Where(r => r.Op != SpoolRecord.File))
                _overlay.Apply(record);
        }

        Changed();
    }

    /// <summary>What has to be written down about a file that waits, so that its state counts. Called with the overlay's gate held.</summary>
    public static IReadOnlyList<SpoolRecord> Told(StagedFile file, SpoolRecord state)
    {
        var place = Overlay.PlaceRecord(file, file.Node!.Path);
        return file.Node.Covers ? [state, place, Overlay.NameRecord(file.Node)] : [state, place];
    }

    /// <summary>Brings a file that waits to the disk, with the word of it.</summary>
    public async Task SyncAsync(StagedFile file, CancellationToken cancellationToken)
    {
        await HardenAsync(file, cancellationToken);
        await Journal.SyncAsync(cancellationToken);
    }

    public async Task HardenAsync(StagedFile file, CancellationToken cancellationToken)
    {
        await file.Writing.WaitAsync(cancellationToken);
        try
        {
            if (file.IsHard || !file.Dirty || file.Node is null)
                return;
            var state = await Task.Run(file.Harden, CancellationToken.None);
            Folder.SyncNames();
            lock (_overlay.Gate)
            {
                if (file.Node is null || !file.Dirty)
                    return;
                Journal.Append(Told(file, state));
                file.Told(hard: true);
            }
        }
        finally
        {
            file.Writing.Release();
        }
    }

    /// <summary>Removes the content of a file that nobody needs any more.</summary>
    public void Sweep(StagedFile? file)
    {
        lock (_overlay.Gate)
        {
            if (file is null || file.Node is not null || file.IsOpen || file.Sending)
                return;
        }

        try
        {
            file.DeleteData();
        }
        catch (IOException)
        {
            // The next start removes it.
        }
    }

    public void Dispose()
    {
        Journal.Dispose();
        Folder.Dispose();
        Names.Dispose();
        Stored.Dispose();
    }
}

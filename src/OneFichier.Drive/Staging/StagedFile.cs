namespace OneFichier.Drive.Staging;

/// <summary>
/// A file that is open or waits to be sent: what was written to it lies in the spool, and what was not, its holes, is read from what is stored at its name. Those who have it open share it.
/// </summary>
internal sealed class StagedFile(long id, SpoolFolder folder, SpoolJournal journal, SpoolOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private RangeSet _holes = new();
    private SequentialHash? _hash;
    private long _recorded = -1;

    public long Id => id;

    /// <summary>Where it is; <see langword="null"/> once its name is gone. Guarded by the overlay.</summary>
    public OverlayNode? Node { get; set; }

    /// <summary>Whether it is other than what is stored, and waits. Guarded by the overlay.</summary>
    public bool Dirty { get; set; }

    /// <summary>Whether there is content of it in the spool; remains so when it has been sent while it is open.</summary>
    public bool Spooled { get; set; }

    /// <summary>What is stored, as it was when it was opened or sent; holes are parts of it.</summary>
    public Entry? Base { get; set; }

    /// <summary>Where <see cref="Base"/> lies when the name is gone, or a folder above was renamed since.</summary>
    public OverlayNode? BaseNode { get; set; }

    public int Readers { get; set; }

    public int Writers { get; set; }

    public bool IsOpen => Readers + Writers > 0;

    /// <summary>Whether it is being sent in this moment. Guarded by the overlay.</summary>
    public bool Sending { get; set; }

    /// <summary>When it changed last, or was closed, by the steady clock.</summary>
    public long Changed { get; set; }

    /// <summary>Since when it waits without a writer, by the steady clock.</summary>
    public long Finished { get; set; }

    public Retry Retry { get; } = new();

    /// <summary>Reads what is stored of it.</summary>
    public SequentialSource Source { get; } = new();

    /// <summary>One change at a time.</summary>
    public SemaphoreSlim Writing { get; } = new(1, 1);

    public long Length { get; private set; }

    public DateTimeOffset ModTime { get; private set; }

    public DateTimeOffset? Created { get; set; }

    public WhirlpoolHash? Checksum { get; private set; }

    /// <summary>Counts changes.</summary>
    public long Version { get; private set; }

    /// <summary>Whether the journal and the disk have it as it is.</summary>
    public bool IsHard { get; private set; }

    /// <summary>Whether the journal has told of it.</summary>
    public bool IsTold => _recorded >= 0;

    public bool IsWhole
    {
        get
        {
            lock (_gate)
                return _holes.IsEmpty;
        }
    }

    public SpoolData Data { get; } = new(folder.DataPath(id));

    /// <summary>An empty file, or one whose content is put in place at once.</summary>
    public void BeginEmpty(DateTimeOffset now)
    {
        (Dirty, Spooled, Created, ModTime) = (true, true, now, now);
        _hash = new SequentialHash();
        Checksum = WhirlpoolHash.Empty;
        Touch();
    }

    /// <summary>A whole content that lies in the spool already.</summary>
    public void BeginWhole(long length, WhirlpoolHash? checksum, DateTimeOffset modTime, DateTimeOffset created)
    {
        (Dirty, Spooled, Length, Checksum, ModTime, Created) = (true, true, length, checksum, modTime, created);
        Touch();
    }

    /// <summary>What is stored, seen through: nothing is in the spool.</summary>
    public void BeginStored(Entry stored)
    {
        (Base, Length, ModTime, Created, Checksum) = (stored, stored.Size, stored.ModTime ?? stored.Created ?? options.Time.GetUtcNow(), stored.Created, stored.Checksum);
        lock (_gate)
        {
            _holes = new RangeSet();
            _holes.Add(0, stored.Size);
        }
    }

    /// <summary>A stored file begins to differ.</summary>
    public void BeginChanging()
    {
        (Dirty, Spooled, Checksum) = (true, true, null);
        Touch();
    }

    /// <summary>What was sent is stored now. What is in the spool still serves those who have it open.</summary>
    public void BecomeStored(Entry stored)
    {
        (Dirty, Base, Checksum) = (false, stored, stored.Checksum ?? Checksum);
        (_recorded, IsHard) = (-1, false);
        Retry.Succeeded();
    }

    public void Restore(SpoolRecord record)
    {
        lock (_gate)
            _holes = new RangeSet(record.Holes ?? []);
        (Dirty, Spooled, Length, ModTime) = (true, true, record.Length, new DateTimeOffset(record.ModTime ?? 0, TimeSpan.Zero));
        Created = record.Created is { } created ? new DateTimeOffset(created, TimeSpan.Zero) : null;
        Checksum = record.Checksum is { } digits ? WhirlpoolHash.Parse(digits) : null;
        Base = record.Holes is null ? null : new Entry(default, IsFolder: false) { Id = record.Base, Size = record.BaseSize };
        _recorded = Version;
    }

    public SpoolRecord Record(bool soft)
    {
        lock (_gate)
        {
            return new SpoolRecord
            {
                Op = SpoolRecord.File,
                Id = id,
                Length = Length,
                ModTime = ModTime.UtcTicks,
                Created = Created?.UtcTicks,
                Holes = _holes.IsEmpty ? null : _holes.Flat,
                Checksum = Checksum?.ToString(),
                Base = _holes.IsEmpty ? null : Base?.Id,
                BaseSize = _holes.IsEmpty ? 0 : Base?.Size ?? 0,
                Soft = soft,
            };
        }
    }

    public (long Start, long End)? HoleFrom(long at)
    {
        lock (_gate)
            return _holes.From(at);
    }

    /// <summary>Called with <see cref="Writing"/> held. Nothing counts that could not be written.</summary>
    public void Write(ReadOnlySpan<byte> data, long offset)
    {
        Data.Write(data, offset, Length);
        lock (_gate)
        {
            _holes.Remove(offset, offset + data.Length);
            Length = Math.Max(Length, offset + data.Length);
            _hash = _hash?.Continue(data, offset);
            Checksum = _hash?.Of(Length);
        }

        Change();
    }

    /// <summary>Called with <see cref="Writing"/> held: content of what is stored comes into the spool where it was not changed.</summary>
    public void Fill(ReadOnlySpan<byte> data, long offset)
    {
        Data.Write(data, offset, Length);
        lock (_gate)
            _holes.Remove(offset, offset + data.Length);
        IsHard = false;
    }

    /// <summary>Called with <see cref="Writing"/> held. A shorter length is on the disk before the bytes go.</summary>
    public async ValueTask SetLengthAsync(long length, CancellationToken cancellationToken)
    {
        var shorter = length < Length;
        lock (_gate)
        {
            if (shorter)
                _holes.Remove(length, Length);
            _hash = length == 0 ? new SequentialHash() : _hash is { } hash && hash.Length <= length ? hash : null;
            Length = length;
            Checksum = _hash?.Of(length);
        }

        if (shorter && IsTold && Node is not null)
        {
            journal.Append(Record(soft: false));
            await journal.SyncAsync(cancellationToken);
        }

        if (shorter)
            Data.CutTo(length);
        else
            Data.Make();
        Change();
    }

    public void SetModTime(DateTimeOffset time)
    {
        ModTime = time.ToUniversalTime();
        Touch();
    }

    /// <summary>After a restart: bytes beyond the end that was written down do not count.</summary>
    public void CutToLength()
    {
        Data.CutTo(Length);
        Data.Flush();
    }

    /// <summary>Called with <see cref="Writing"/> held: brings it to the disk and gives what is to be written down about it.</summary>
    public SpoolRecord Harden()
    {
        Data.Flush();
        return Record(soft: false);
    }

    /// <summary>The journal tells of it as it is.</summary>
    public void Told(bool hard)
    {
        _recorded = Version;
        IsHard = hard;
    }

    /// <summary>Whether the journal tells of it as it is, on the disk or not.</summary>
    public bool IsToldOf => _recorded == Version;

    public void SetChecksum(WhirlpoolHash checksum, long version)
    {
        lock (_gate)
        {
            if (Version == version)
                Checksum = checksum;
        }
    }

    public void DeleteData()
    {
        if (Spooled)
            Data.Delete();
        Spooled = false;
    }

    public void Dispose()
    {
        Data.Dispose();
        _hash?.Dispose();
        Source.Dispose();
        Writing.Dispose();
    }

    private void Change()
    {
        ModTime = options.Time.GetUtcNow();
        Touch();
    }

    private void Touch()
    {
        Version++;
        IsHard = false;
        Changed = options.Time.GetTimestamp();
        Retry.Forgive();
    }
}

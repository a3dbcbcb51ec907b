using OneFichier.Hashing;

namespace OneFichier.Transfers;

/// <summary>A file of an upload with what is known of it: how much is sent, the checksum of it, what became of it.</summary>
internal sealed class SentFile(UploadFile file, Action<TransferEvent> report)
{
    private long _done;
    private bool _opened;
    private bool _isOther;

    public UploadFile File => file;

    /// <summary>Of the bytes last sent, once all of them were.</summary>
    public WhirlpoolHash? Checksum { get; private set; }

    public UploadOutcome? Outcome { get; private set; }

    /// <summary>Whether it was opened and its end not reached: of a session that broke off, the file it broke off at.</summary>
    public bool IsBeingRead => _opened && Checksum is null;

    /// <summary>Why it failed, when it is the file the session broke off at.</summary>
    public FichierException Reason(FichierSourceException e) => _isOther
        ? new FichierIntegrityException($"'{file.Name}' has another checksum than it was said to have; nothing of it was stored.", e) { Remedy = "It changed since: look at it again, then send it." }
        : e;

    /// <summary>Called when the last byte was read, before it is handed on.</summary>
    public Func<CancellationToken, ValueTask>? WhenRead { get; private set; }

    /// <summary>The same file, hashed and counted while it is read.</summary>
    public UploadFile Watched => file with { OpenAsync = OpenAsync };

    /// <summary>Begins an attempt: what an earlier one knew of the bytes is forgotten.</summary>
    public void Prepare(Func<CancellationToken, ValueTask> whenRead) => (Checksum, _opened, WhenRead) = (null, false, whenRead);

    public bool Matches(long size, WhirlpoolHash? checksum) => size == file.Length && checksum is not null && checksum == Checksum;

    public void Prove(UploadedFile stored) => End(new UploadOutcome(file) { Stored = stored, Checksum = Checksum, Proven = true });

    public void Fail(Exception error, UploadedFile? stored = null) => End(new UploadOutcome(file) { Stored = stored, Checksum = Checksum, Error = error });

    private void End(UploadOutcome outcome)
    {
        Outcome = outcome;
        if (outcome.Error is not OperationCanceledException)
        {
            report(new TransferEnded(file.Name, outcome.Error));
        }
    }

    private async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        (_done, Checksum, _opened) = (0, null, true);
        return new WatchedStream(await file.OpenAsync(cancellationToken).ConfigureAwait(false), this);
    }

    private sealed class WatchedStream(Stream inner, SentFile owner) : ForwardStream(inner)
    {
        private readonly Whirlpool _hash = new();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _hash.AppendData(buffer.Span[..read]);
            owner._done += read;
            if (read > 0 && owner._done == owner.File.Length)
            {
                var hash = _hash.GetCurrentHash();
                owner._isOther = owner.File.Checksum is { } expected && expected != hash;
                owner.Checksum = owner._isOther ? throw new IOException("The content is not what it was said to be.") : hash;
                if (owner.WhenRead is { } told)
                {
                    await told(cancellationToken).ConfigureAwait(false);
                }
            }

            owner.Report(new TransferAdvanced(owner.File.Name, owner._done, owner.File.Length));
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }

    private void Report(TransferEvent e) => report(e);
}

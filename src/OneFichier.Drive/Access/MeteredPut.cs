namespace OneFichier.Drive.Access;

/// <summary>Puts whose bytes are taken off the budget before the first is sent; of a file that fails, those that were not read are given back.</summary>
internal sealed class MeteredPut(IByteMeter meter, PutCall put)
{
    public async Task<IReadOnlyList<ItemResult>> RunAsync(IReadOnlyList<NewFile> files, CancellationToken cancellationToken)
    {
        var taken = files.Select(f => new Taken(meter, f)).ToList();
        IReadOnlyList<ItemResult>? results = null;
        try
        {
            results = await Refusal.SomeAsync(
                [.. taken.Select(t => (t.File, t.File.Path, (Exception?)(t.IsWhole ? null : new ByteBudgetException(ByteFlow.Up))))], some => put(some, cancellationToken));
            return results;
        }
        finally
        {
            for (var n = 0; n < taken.Count; n++)
                taken[n].Settle(results is not null && results[n].Error is null);
        }
    }

    /// <summary>The bytes of one file.</summary>
    private sealed class Taken
    {
        private readonly IByteMeter _meter;
        private readonly long _bytes;
        private long _read;
        private int _settled;

        public Taken(IByteMeter meter, NewFile file)
        {
            (_meter, _bytes) = (meter, meter.Take(ByteFlow.Up, file.Length));
            IsWhole = _bytes == file.Length;
            File = file with { OpenAsync = async token => new CountingStream(await file.OpenAsync(token), n => Interlocked.Add(ref _read, n)) };
            if (!IsWhole)
                Settle(false);
        }

        public bool IsWhole { get; }

        public NewFile File { get; }

        public void Settle(bool isDone)
        {
            if (!isDone && Interlocked.Exchange(ref _settled, 1) == 0)
                _meter.GiveBack(ByteFlow.Up, Math.Max(0, _bytes - Interlocked.Read(ref _read)));
        }
    }
}

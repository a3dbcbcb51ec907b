namespace OneFichier.Drive.Sync;

/// <summary>A file of the source as something to put: read no faster than allowed, counted, and refused when its length is not the one that was planned.</summary>
internal sealed class SourceReader(RunContext run, PlannedTransfer transfer)
{
    private static readonly TimeSpan s_tellEvery = TimeSpan.FromMilliseconds(100);

    private long _told;
    private long _done;

    public NewFile File => new(transfer.Target, transfer.Source.Size, OpenAsync) { ModTime = transfer.Source.ModTime, Checksum = transfer.Source.Checksum };

    private async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var stream = run.Source.Feature<IListedContent>() is { } listed
            ? await listed.OpenAsync(transfer.Source, cancellationToken)
            : await run.Source.OpenAsync(transfer.Source.Path, default, cancellationToken);
        _done = 0;
        run.Tally.Begin(transfer.Target, transfer.Source.Size);
        return new ThrottledStream(stream, PassedAsync) { Piece = run.Piece };
    }

    private async ValueTask PassedAsync(int bytes, CancellationToken cancellationToken)
    {
        _done += bytes;
        var size = transfer.Source.Size;
        if (_done > size || (bytes == 0 && _done < size))
            throw new FichierSourceException(transfer.Source.Path.ToString(), $"became {(_done > size ? "longer" : "shorter")} while it was being sent");

        if (bytes == 0)
            return;

        Tell();
        await run.PassedAsync(bytes, cancellationToken);
    }

    private void Tell()
    {
        var time = run.Options.Time;
        if (_done < transfer.Source.Size && _told != 0 && time.GetElapsedTime(_told) < s_tellEvery)
        {
            run.Tally.AdvanceQuietly(transfer.Target, _done);
            return;
        }

        _told = time.GetTimestamp();
        run.Tally.Advance(new FileAdvanced(transfer.Target, _done, transfer.Source.Size));
    }
}

namespace OneFichier.Sandbox.Node;

/// <summary>Walks a multipart body part by part in constant memory.</summary>
internal sealed class MultipartReader
{
    private const int HeaderLimit = 16 * 1024;

    private readonly Stream source;
    private readonly byte[] delimiter;
    private readonly byte[] buffer = new byte[128 * 1024];
    private int start;
    private int end;

    /// <param name="source">The body.</param>
    /// <param name="boundary">The boundary its header names.</param>
    public MultipartReader(Stream source, string boundary)
    {
        this.source = source;
        delimiter = System.Text.Encoding.UTF8.GetBytes("\r\n--" + boundary);
        // The first delimiter has no line end before it; with this one all are alike.
        "\r\n"u8.CopyTo(buffer);
        end = 2;
    }

    /// <summary>Passes what is before the first part.</summary>
    public Task SkipPreambleAsync(CancellationToken cancellationToken) => ReadBodyAsync(_ => { }, cancellationToken);

    /// <summary>Goes to the next part and gives its header lines; null at the end.</summary>
    public async Task<string[]?> NextAsync(CancellationToken cancellationToken)
    {
        await NeedAsync(2, cancellationToken);
        var ending = Filled[..2];
        start += 2;
        if (ending.SequenceEqual("--"u8))
            return null;
        if (!ending.SequenceEqual("\r\n"u8))
            throw new MalformedUploadException();
        return await ReadHeadersAsync(cancellationToken);
    }

    /// <summary>Gives the part's body to <paramref name="sink"/> in pieces.</summary>
    public async Task ReadBodyAsync(SpanSink sink, CancellationToken cancellationToken)
    {
        int at;
        while ((at = Filled.IndexOf(delimiter)) < 0)
        {
            var safe = end - start - (delimiter.Length - 1);
            if (safe > 0)
            {
                sink(Filled[..safe]);
                start += safe;
            }

            await FillAsync(cancellationToken);
        }

        sink(Filled[..at]);
        start += at + delimiter.Length;
    }

    private Span<byte> Filled => buffer.AsSpan(start, end - start);

    private async Task<string[]> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        await NeedAsync(2, cancellationToken);
        if (Filled[..2].SequenceEqual("\r\n"u8))
        {
            start += 2;
            return [];
        }

        int at;
        while ((at = Filled.IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (end - start > HeaderLimit)
                throw new MalformedUploadException();
            await FillAsync(cancellationToken);
        }

        var text = System.Text.Encoding.UTF8.GetString(Filled[..at]);
        start += at + 4;
        return text.Split("\r\n");
    }

    private async Task NeedAsync(int count, CancellationToken cancellationToken)
    {
        while (end - start < count)
            await FillAsync(cancellationToken);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (end == buffer.Length)
        {
            Filled.CopyTo(buffer);
            end -= start;
            start = 0;
        }

        var count = await source.ReadAsync(buffer.AsMemory(end), cancellationToken);
        if (count == 0)
            throw new MalformedUploadException();
        end += count;
    }
}

/// <summary>Takes a piece of a body.</summary>
internal delegate void SpanSink(ReadOnlySpan<byte> piece);

/// <summary>The node makes nothing of the body.</summary>
internal sealed class MalformedUploadException() : Exception("The multipart body was not understood.");

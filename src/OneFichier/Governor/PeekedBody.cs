namespace OneFichier.Governor;

/// <summary>Looks at the beginning of a body and puts it back, so that whoever reads the response next sees all of it.</summary>
internal static class PeekedBody
{
    private const int MostOfRefusal = 64 << 10;
    private const int MostOfSuccess = 4 << 10;

    /// <summary>The first bytes of the body; none where it is known to be too long for a refusal.</summary>
    public static async ValueTask<byte[]> PeekAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var most = response.IsSuccessStatusCode ? MostOfSuccess : MostOfRefusal;
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentLength > most)
            return [];
        var content = response.Content;
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[most];
        var read = await stream.ReadAtLeastAsync(buffer, most, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var beginning = buffer[..read];
        response.Content = Restore(content, read < most ? new MemoryStream(beginning) : new PrefixedStream(beginning, stream));
        return beginning;
    }

    private static StreamContent Restore(HttpContent content, Stream whole)
    {
        var restored = new StreamContent(whole);
        foreach (var header in content.Headers.NonValidated)
            restored.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return restored;
    }
}

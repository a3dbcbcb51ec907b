namespace OneFichier.Drive.Fetching;

/// <summary>What is at a source, of a length that is known before its first byte is sent on. It can be opened any number of times.</summary>
internal sealed class SourceBody : IAsyncDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly SourceConnections _connections;
    private readonly Uri _address;
    private readonly TemporaryFile? _spool;
    private HttpResponseMessage? _first;

    private SourceBody(SourceConnections connections, Uri address, TemporaryFile? spool, HttpResponseMessage? first) =>
        (_connections, _address, _spool, _first) = (connections, address, spool, first);

    public required long Length { get; init; }

    /// <summary>The name the source says it has.</summary>
    public string? Name { get; private init; }

    /// <exception cref="FichierException">The source cannot be reached or refuses.</exception>
    public static async Task<SourceBody> OpenAsync(SourceConnections connections, Uri address, CancellationToken cancellationToken)
    {
        var response = await GetAsync(connections, address, cancellationToken);
        try
        {
            var name = response.Content.Headers.ContentDisposition is { } d ? (d.FileNameStar ?? d.FileName?.Trim('"')) : null;
            name = name?[(name.LastIndexOfAny(['/', '\\']) + 1)..] is { Length: > 0 } bare ? bare : null;
            if (response.Content.Headers.ContentLength is { } length)
                return new SourceBody(connections, address, null, response) { Length = length, Name = name };
            var spool = new TemporaryFile();
            try
            {
                await FillAsync(response, spool, connections, cancellationToken);
            }
            catch
            {
                await spool.DisposeAsync();
                throw;
            }

            response.Dispose();
            return new SourceBody(connections, address, spool, null) { Length = spool.Length, Name = name };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        if (_spool is not null)
            return await _spool.OpenAsync(cancellationToken);
        var response = Interlocked.Exchange(ref _first, null) ?? await GetAsync(_connections, _address, cancellationToken);
        if (response.Content.Headers.ContentLength == Length)
            return await response.Content.ReadAsStreamAsync(cancellationToken);
        response.Dispose();
        throw new FichierSourceException(_address.Host, "has another length than before");
    }

    public async ValueTask DisposeAsync()
    {
        _first?.Dispose();
        if (_spool is not null)
            await _spool.DisposeAsync();
    }

    private static async Task<HttpResponseMessage> GetAsync(SourceConnections connections, Uri address, CancellationToken cancellationToken)
    {
        var response = await connections.SendAsync(HttpMethod.Get, address, null, cancellationToken);
        if (response.StatusCode == System.Net.HttpStatusCode.OK)
            return response;
        var status = (int)response.StatusCode;
        response.Dispose();
        throw new FichierRejectedException($"{address.Host} answers {status}.");
    }

    private static async Task FillAsync(HttpResponseMessage response, TemporaryFile spool, SourceConnections connections, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferSize];
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(connections.Stall, connections.Time, cancellationToken)) > 0;)
                await spool.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or HttpIOException)
        {
            throw new FichierUnavailableException("The source breaks off.", e);
        }
    }
}

namespace UploadChild;

/// <summary>Stands still for good at a point, having said so: when a source is opened ("reading"), or before or after a request ("before /end.pl").</summary>
internal sealed class StopAt(string point) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    public async Task StandAsync(string at)
    {
        if (at != point)
            return;
        Console.WriteLine("standing");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = request.RequestUri!.AbsolutePath;
        await StandAsync("before " + endpoint);
        var response = await base.SendAsync(request, cancellationToken);
        await StandAsync("after " + endpoint);
        return response;
    }
}

using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>GET and HEAD (RFC 9110 §9.3, §13, §14): a file or parts of it; of a folder a page for browsers.</summary>
internal sealed class GetMethod : IDavMethod
{
    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var entry = await request.GetAsync(cancellationToken);
        if (entry.IsFolder)
            await FolderPage.SendAsync(request, cancellationToken);
        else
            await FileAsync(request, entry, cancellationToken);
    }

    private static async Task FileAsync(DavRequest request, Entry file, CancellationToken cancellationToken)
    {
        var answer = new FileAnswer(request.Context, file, request.Now);
        answer.Describe();
        await request.CheckConditionsAsync(file, cancellationToken);
        await answer.SendAsync((range, token) => request.Volume.OpenAsync(request.Path, range, token), cancellationToken);
    }
}

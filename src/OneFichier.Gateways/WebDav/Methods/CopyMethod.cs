namespace OneFichier.Gateways.WebDav;

/// <summary>COPY (RFC 4918 §9.8): a file, a folder alone, or a folder with all in it.</summary>
internal sealed class CopyMethod : IDavMethod
{
    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var depth = request.Depth(Depth.Infinity);
        if (depth == Depth.One)
            throw DavException.BadRequest();
        var target = Relocation.TargetOf(request);
        using var gate = await request.State.Gates.EnterAsync(request.Whole(request.Path), request.Whole(target), cancellationToken);
        var copy = await Relocation.CheckedAsync(request, target, cancellationToken);
        var failures = await copy.ClearAsync(request, cancellationToken);
        if (failures.Count == 0)
            failures = await new TreeCopy(request, copy).RunAsync(deep: depth == Depth.Infinity, cancellationToken);
        await FailureList.AnswerAsync(request, failures, copy.Done);
    }
}

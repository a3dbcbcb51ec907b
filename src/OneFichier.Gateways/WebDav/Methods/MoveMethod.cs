namespace OneFichier.Gateways.WebDav;

/// <summary>MOVE (RFC 4918 §9.9), on the volume itself: no bytes pass through here. Locks stay where they were taken, properties come along.</summary>
internal sealed class MoveMethod : IDavMethod
{
    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        if (request.Path.IsRoot)
            throw DavException.Forbidden();
        var target = Relocation.TargetOf(request);
        using var gate = await request.State.Gates.EnterAsync(request.Whole(request.Path), request.Whole(target), cancellationToken);
        var move = await Relocation.CheckedAsync(request, target, cancellationToken);
        if (move.Source.IsFolder && request.Depth(Depth.Infinity) != Depth.Infinity)
            throw DavException.BadRequest();
        request.RequireRemovable(request.Path);
        var failures = await move.ClearAsync(request, cancellationToken);
        if (failures.Count == 0)
        {
            await request.Volume.MoveOneAsync(request.Path, target, cancellationToken);
            request.State.Properties.RemoveTree(request.Whole(target));
            request.State.Properties.MoveTree(request.Whole(request.Path), request.Whole(target));
            request.State.Locks.ReleaseWithin(request.Whole(request.Path));
        }

        await FailureList.AnswerAsync(request, failures, move.Done);
    }
}

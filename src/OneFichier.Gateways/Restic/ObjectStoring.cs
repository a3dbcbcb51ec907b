using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>POST of an object: the body is taken in whole, must be what its name says, and becomes the file in one step where there is none yet.</summary>
internal static class ObjectStoring
{
    public static async Task RunAsync(ResticRequest request, CancellationToken cancellationToken)
    {
        using var sum = SHA256.Create();
        var room = new BodyRoom(request.Options.SpoolFolder, request.Options.SpoolInMemory, request.Options.MaxObject);
        await using var body = await BodySpool.ReceiveAsync(request.Request, room, stream => new CryptoStream(stream, sum, CryptoStreamMode.Read, leaveOpen: true), cancellationToken);
        if (request.Target.Kind == TargetKind.Object && Convert.ToHexStringLower(sum.Hash!) != request.Target.Name)
            throw new BadHttpRequestException("The content is not what its name says; nothing was stored.");
        using var gate = await request.EnterAsync(cancellationToken);
        await PutAsync(request, body, cancellationToken);
        request.Response.ContentLength = 0;
    }

    private static async Task PutAsync(ResticRequest request, BodySpool body, CancellationToken cancellationToken)
    {
        var file = new NewFile(request.Target.Path, body.Length, _ => ValueTask.FromResult(body.Open()));
        var result = (await request.Volume.PutAsync([file], new PutOptions { KeepExisting = true }, cancellationToken))[0];
        if (result.Error is NameTakenException)
            throw new UnauthorizedAccessException("There is an object of that name already; nothing is replaced here.", result.Error);
        if (result.Error is { } error)
            ExceptionDispatchInfo.Throw(error);
    }
}

using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.Restic;

/// <summary>Answers a request by its address and method; failures are for the guard to answer, as those of every face.</summary>
internal sealed class ResticFace(ResticOptions options)
{
    private static readonly GatewayError NoAddress = new(StatusCodes.Status404NotFound, "restic's protocol has no such address.");
    private static readonly GatewayError NoMethod = new(StatusCodes.Status405MethodNotAllowed, "That cannot be asked of this address.");

    private readonly PathGates _gates = new();

    public async Task AnswerAsync(HttpContext context)
    {
        if (ResticTarget.Of(context.Request) is not { } target)
        {
            await GatewayErrors.WriteAsync(context, NoAddress);
            return;
        }

        var request = new ResticRequest(context, target, options, _gates);
        RequireOwn(request);
        if (Find(request) is { } answer)
        {
            await answer(request, context.RequestAborted);
            return;
        }

        context.Response.Headers.Allow = target.Kind switch { TargetKind.Repository => "POST, DELETE", TargetKind.List => "GET", _ => "HEAD, GET, POST, DELETE" };
        await GatewayErrors.WriteAsync(context, NoMethod);
    }

    private static Func<ResticRequest, CancellationToken, Task>? Find(ResticRequest request) => (request.Target.Kind, request.Request.Method) switch
    {
        (TargetKind.Repository, "POST") => RepositoryWork.CreateAsync,
        (TargetKind.Repository, "DELETE") => RepositoryRemoval.RunAsync,
        (TargetKind.List, "GET") => ObjectList.SendAsync,
        (TargetKind.Config or TargetKind.Object, "HEAD" or "GET") => ObjectReading.SendAsync,
        (TargetKind.Config or TargetKind.Object, "POST") => ObjectStoring.RunAsync,
        (TargetKind.Config or TargetKind.Object, "DELETE") => RepositoryWork.RemoveAsync,
        _ => null,
    };

    private void RequireOwn(ResticRequest request)
    {
        if (options.PrivateRepositories && (request.Target.Repository.Segments is not [var owner, ..] || owner != request.Session.User))
            throw new UnauthorizedAccessException("This token may only use repositories below its own user name.");
    }
}

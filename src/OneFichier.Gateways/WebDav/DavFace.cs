using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.WebDav;

/// <summary>Answers a request by its method, and the refusals of this protocol; other failures are for the guard to answer, as those of every face.</summary>
internal sealed class DavFace(DavState state)
{
    private static readonly Dictionary<string, IDavMethod> Methods = new(StringComparer.Ordinal)
    {
        ["OPTIONS"] = new OptionsMethod(),
        ["GET"] = new GetMethod(),
        ["HEAD"] = new GetMethod(),
        ["PUT"] = new PutMethod(),
        ["DELETE"] = new DeleteMethod(),
        ["MKCOL"] = new MkcolMethod(),
        ["COPY"] = new CopyMethod(),
        ["MOVE"] = new MoveMethod(),
        ["PROPFIND"] = new PropFindMethod(),
        ["PROPPATCH"] = new PropPatchMethod(),
        ["LOCK"] = new LockMethod(),
        ["UNLOCK"] = new UnlockMethod(),
    };

    public static string Verbs { get; } = string.Join(", ", Methods.Keys);

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (!Methods.TryGetValue(context.Request.Method, out var method))
                throw new DavException(StatusCodes.Status405MethodNotAllowed) { Allow = Verbs };
            await method.AnswerAsync(new DavRequest(context, state), context.RequestAborted);
        }
        catch (DavException e)
        {
            await RefuseAsync(context, e);
        }
    }

    /// <summary>Once an answer has begun, only breaking it off tells the client that it is not whole.</summary>
    private static async Task RefuseAsync(HttpContext context, DavException refusal)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.StatusCode = refusal.Status;
        if (refusal.Allow is { } allow)
            response.Headers.Allow = allow;
        if (refusal.Status == StatusCodes.Status304NotModified)
            return;
        response.ContentLength = 0;
        if (refusal.Condition is { } condition)
            await DavXml.WriteAsync(response, new XElement(DavNames.Dav + "error", condition));
    }
}

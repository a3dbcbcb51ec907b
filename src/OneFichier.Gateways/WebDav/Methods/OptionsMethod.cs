using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.WebDav;

/// <summary>RFC 4918 §10.1, §18: what is spoken here.</summary>
internal sealed class OptionsMethod : IDavMethod
{
    public Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var headers = request.Response.Headers;
        headers["DAV"] = "1, 2, 3";
        headers["MS-Author-Via"] = "DAV";
        headers.Allow = DavFace.Verbs;
        headers.AcceptRanges = "bytes";
        request.Response.StatusCode = StatusCodes.Status200OK;
        request.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}

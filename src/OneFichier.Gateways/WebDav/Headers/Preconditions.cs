using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>The conditions of RFC 9110 §13, in the order of its §13.2.2. One that cannot be read does not hold.</summary>
internal static class Preconditions
{
    /// <summary>Refuses the request with 412, or a reading one with 304, when a condition does not hold.</summary>
    /// <param name="request">The request.</param>
    /// <param name="present">What is there.</param>
    public static void Check(DavRequest request, Entry? present)
    {
        var headers = request.Context.Request.Headers;
        var reading = request.Method is "GET" or "HEAD";
        if (headers.IfMatch.Count > 0 ? !Matches(headers.IfMatch.ToString(), present, Validators.SameStrong) : ChangedSince(headers.IfUnmodifiedSince, present) == true)
            throw DavException.PreconditionFailed();
        if (headers.IfNoneMatch.Count > 0)
        {
            if (Matches(headers.IfNoneMatch.ToString(), present, Validators.SameWeak))
                throw reading ? new DavException(StatusCodes.Status304NotModified) : DavException.PreconditionFailed();
        }
        else if (reading && ChangedSince(headers.IfModifiedSince, present) == false)
        {
            throw new DavException(StatusCodes.Status304NotModified);
        }
    }

    private static bool Matches(string header, Entry? present, Func<string, string?, bool> same) =>
        present is not null && (header.Trim() == "*" || header.Split(',', StringSplitOptions.TrimEntries).Any(tag => same(tag, Validators.ETag(present))));

    private static bool? ChangedSince(string? header, Entry? present) =>
        Validators.ParseHttpDate(header) is { } since && present is not null && Validators.LastModified(present) is { } modified ? modified > since : null;
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace OneFichier.Gateways;

/// <summary>What conditions say of a request.</summary>
internal enum Verdict
{
    /// <summary>They hold, or there are none.</summary>
    Proceed,

    /// <summary>The client has it already: 304.</summary>
    NotModified,

    /// <summary>One does not hold: 412.</summary>
    Failed,
}

/// <summary>The conditions of RFC 9110 §13, in the order of its §13.2.2. A tag that cannot be read matches nothing, a date that cannot be read is ignored.</summary>
internal static class Preconditions
{
    /// <summary>Judges a request that would succeed without conditions.</summary>
    /// <param name="request">The request.</param>
    /// <param name="present">What is there; <see langword="null"/> for nothing.</param>
    public static Verdict Judge(HttpRequest request, Representation? present)
    {
        var headers = request.Headers;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (headers.IfMatch.Count > 0 ? !Names(headers.IfMatch, present, Validators.SameStrong) : ChangedSince(headers.IfUnmodifiedSince, present) == true)
            return Verdict.Failed;
        if (headers.IfNoneMatch.Count > 0)
            return !Names(headers.IfNoneMatch, present, Validators.SameWeak) ? Verdict.Proceed : reads ? Verdict.NotModified : Verdict.Failed;
        return reads && ChangedSince(headers.IfModifiedSince, present) == false ? Verdict.NotModified : Verdict.Proceed;
    }

    private static bool Names(StringValues header, Representation? present, Func<string, string?, bool> same) => present is not null && EntityTagList.Names(header, present.ETag, same);

    private static bool? ChangedSince(StringValues header, Representation? present) =>
        present is { Modified: { } modified } && HttpDates.Parse(header, present.Now) is { } since ? modified > since : null;
}

using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>What conditions are asked about: the state of something that is there.</summary>
/// <param name="ETag">Its entity tag; <see langword="null"/> when it has none.</param>
/// <param name="Modified">When it was changed, to the second and never after <paramref name="Now"/> (RFC 9110 §8.8.2.1).</param>
/// <param name="Now">The moment of the answer.</param>
internal sealed record Representation(string? ETag, DateTimeOffset? Modified, DateTimeOffset Now)
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    public static Representation Of(Entry entry, DateTimeOffset now) =>
        new(Validators.ETag(entry), Validators.LastModified(entry) is { } time ? (time < now ? time : now) : null, now);

    /// <summary>States the validators.</summary>
    public void Describe(HttpResponse response)
    {
        if (ETag is not null)
            response.Headers.ETag = ETag;
        if (Modified is { } modified)
            response.Headers.LastModified = HttpDates.Write(modified);
    }

    /// <summary>Whether <c>If-Range</c> lets a range through (RFC 9110 §13.1.5): a strong tag that is the same, or the very date, once the second it names is over.</summary>
    public bool IsWhatIfRangeMeans(HttpRequest request)
    {
        var condition = request.Headers.IfRange;
        if (condition.Count == 0)
            return true;
        if (condition.Count > 1)
            return false;
        var text = condition.ToString().Trim();
        return text.StartsWith('"') ? Validators.SameStrong(text, ETag)
            : Modified is { } modified && HttpDates.Parse(text, Now) == modified && Now - modified >= Settled;
    }
}

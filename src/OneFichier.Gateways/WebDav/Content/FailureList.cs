using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>What of a tree could not be done.</summary>
/// <param name="Entry">The place.</param>
/// <param name="Error">Why.</param>
internal sealed record Failure(Entry Entry, Exception Error);

/// <summary>The answer to work on a tree: one status when all of it went well or the place itself failed, else 207 with each failure by name (RFC 4918 §9.6.1).</summary>
internal static class FailureList
{
    public static async Task AnswerAsync(DavRequest request, IReadOnlyList<Failure> failures, int done)
    {
        if (failures.Count == 0)
        {
            request.Response.StatusCode = done;
            return;
        }

        if (failures is [{ } only] && only.Entry.Path == request.Path)
            throw only.Error;
        await using var answer = MultiStatus.Begin(request.Response);
        foreach (var failure in failures)
            await answer.AddAsync(request.Urls.Href(failure.Entry.Path, failure.Entry.IsFolder), failure.Error, request.State.Options.Time);
        await answer.EndAsync();
    }
}

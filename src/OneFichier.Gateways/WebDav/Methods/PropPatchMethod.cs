using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>PROPPATCH (RFC 4918 §9.2): all changes or none, in their order.</summary>
internal sealed class PropPatchMethod : IDavMethod
{
    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        request.RequireMayChange();
        var changes = PropertyUpdate.Of(await DavXml.ReadAsync(request, "propertyupdate", cancellationToken));
        using var gate = await request.EnterAsync(cancellationToken);
        var entry = await request.GetAsync(cancellationToken);
        await request.CheckConditionsAsync(entry, cancellationToken);
        request.RequireUnlocked(request.Path);
        var refusals = await new PropertyWork(request, entry).RunAsync(changes, cancellationToken);
        await using var answer = MultiStatus.Begin(request.Response);
        await answer.AddAsync(request.Urls.Href(request.Path, entry.IsFolder), Propstats(changes, refusals));
        await answer.EndAsync();
    }

    private static IEnumerable<XElement> Propstats(IReadOnlyList<PropertyChange> changes, IReadOnlyDictionary<XName, int> refusals)
    {
        var others = refusals.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status424FailedDependency;
        return changes.Select(c => c.Name).Distinct().GroupBy(n => refusals.GetValueOrDefault(n, others))
            .Select(g => PropertyReader.Propstat(g.Select(n => new XElement(n)), g.Key));
    }
}

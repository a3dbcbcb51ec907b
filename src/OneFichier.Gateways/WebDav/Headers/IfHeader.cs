using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>One condition of a list: a lock's token or an entity tag, that must or must not hold.</summary>
internal readonly record struct IfCondition(string Value, bool IsTag, bool Not);

/// <summary>Conditions that must all hold of one resource.</summary>
/// <param name="Resource">The tag in front of the list as it was written; <see langword="null"/> for the request's own place.</param>
/// <param name="Conditions">At least one.</param>
internal sealed record IfList(string? Resource, IReadOnlyList<IfCondition> Conditions);

/// <summary>The <c>If</c> header (RFC 4918 §10.4): true when one of its lists is. Naming a token in it is also what submits the token.</summary>
internal sealed record IfHeader(IReadOnlyList<IfList> Lists)
{
    public static IfHeader None { get; } = new([]);

    /// <summary>All tokens named, in whatever condition.</summary>
    public IReadOnlySet<string> Tokens { get; } =
        Lists.SelectMany(l => l.Conditions).Where(c => !c.IsTag).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);

    public static IfHeader Parse(string? text) => string.IsNullOrWhiteSpace(text) ? None : new IfHeader([.. new IfParser(text).Lists()]);

    /// <summary>Whether it holds; without any list it does.</summary>
    public async Task<bool> HoldsAsync(DavRequest request, CancellationToken cancellationToken)
    {
        foreach (var list in Lists)
        {
            if (await HoldsAsync(list, request, cancellationToken))
                return true;
        }

        return Lists.Count == 0;
    }

    private static async Task<bool> HoldsAsync(IfList list, DavRequest request, CancellationToken cancellationToken)
    {
        if ((list.Resource is null ? request.Path : request.Urls.OtherOrNone(list.Resource)) is not { } path)
            return false;
        var tag = list.Conditions.Any(c => c.IsTag) && await request.Volume.FindAsync(path, cancellationToken) is { } entry ? Validators.ETag(entry) : null;
        var tokens = request.State.Locks.Covering(request.Whole(path)).Select(l => l.Token).ToHashSet(StringComparer.Ordinal);
        return list.Conditions.All(c => c.Not != (c.IsTag ? Validators.SameStrong(c.Value, tag) : tokens.Contains(c.Value)));
    }
}

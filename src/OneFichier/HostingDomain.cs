namespace OneFichier;

/// <summary>One of the eleven domains under which files are offered (1fichier-api §8).</summary>
/// <param name="Id">The number the upload form takes in its <c>domain</c> field.</param>
/// <param name="Name">The domain, as in <c>https://NAME/?id</c>.</param>
public sealed record HostingDomain(int Id, string Name)
{
    /// <summary>All domains, by number.</summary>
    public static IReadOnlyList<HostingDomain> All { get; } =
    [
        .. new[]
        {
            "1fichier.com", "alterupload.com", "cjoint.net", "desfichiers.com", "dfichiers.com", "megadl.fr",
            "mesfichiers.org", "piecejointe.net", "pjointe.com", "tenvoi.com", "dl4free.com",
        }.Select((name, id) => new HostingDomain(id, name)),
    ];

    /// <summary>The domain of new uploads: 1fichier.com.</summary>
    public static HostingDomain Default => All[0];

    /// <summary>Finds a domain by name; a leading <c>www.</c> and the older endings .net, .org, .fr and .com are understood.</summary>
    public static HostingDomain? Find(string host)
    {
        var name = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
        return All.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? All.Skip(1).FirstOrDefault(d => IsOldForm(d.Name, name));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool IsOldForm(string current, string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && name[dot..].ToLowerInvariant() is ".net" or ".org" or ".fr" or ".com"
            && name[..dot].Equals(current[..current.LastIndexOf('.')], StringComparison.OrdinalIgnoreCase);
    }
}

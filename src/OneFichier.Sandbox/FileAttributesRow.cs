namespace OneFichier.Sandbox;

/// <summary>What a member may set on a file.</summary>
internal sealed record FileAttributesRow
{
    public string? Description { get; init; }

    public string? Password { get; init; }

    public bool NoSsl { get; init; }

    public bool Inline { get; init; }

    public bool Cdn { get; init; }

    public int Domain { get; init; }

    public AclRow? Acl { get; init; }
}

/// <summary>Who may download a file.</summary>
internal sealed record AclRow
{
    public IReadOnlyList<string> Ip { get; init; } = [];

    public IReadOnlyList<string> Country { get; init; } = [];

    public IReadOnlyList<string> Email { get; init; } = [];

    public int Premium { get; init; }

    public bool IsEmpty => Ip.Count == 0 && Country.Count == 0 && Email.Count == 0 && Premium == 0;
}

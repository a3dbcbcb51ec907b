namespace OneFichier.Drive;

/// <summary>An address to fetch from, and what is known of what is there.</summary>
/// <param name="Address">The address; http, https or ftp.</param>
public sealed record RemoteSource(Uri Address)
{
    /// <summary>Bytes, where known; what arrives is compared with it.</summary>
    public long? Size { get; init; }

    /// <summary>The checksum, where known; what arrives is compared with it.</summary>
    public WhirlpoolHash? Checksum { get; init; }

    /// <summary>The name the file is to have; default what the service, or for what is carried the source, says.</summary>
    public string? Name { get; init; }

    /// <summary>The address without what may be secret in it: user, password, query and fragment.</summary>
    public string Shown => Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (Address.Query.Length > 1 ? "?…" : "");

    /// <inheritdoc cref="Shown"/>
    public override string ToString() => Shown;

    /// <summary>A text of others without the address in it.</summary>
    public string Clean(string text)
    {
        foreach (var secret in (string[])[Address.OriginalString, Address.AbsoluteUri, Address.Query, Uri.UnescapeDataString(Address.Query), Address.UserInfo])
        {
            if (secret.Length > 1)
                text = text.Replace(secret, secret.Contains("://", StringComparison.Ordinal) ? Shown : "…", StringComparison.Ordinal);
        }

        return text;
    }
}

/// <summary>What became of one address.</summary>
/// <param name="Source">The address.</param>
public sealed record RemoteSourceOutcome(RemoteSource Source)
{
    /// <summary>What lies in the folder; <see langword="null"/> when nothing does, or when it is another content.</summary>
    public Entry? Entry { get; init; }

    /// <summary>The last request it was in.</summary>
    public long? Request { get; init; }

    /// <summary>Whether it was fetched here and sent to the service.</summary>
    public bool Carried { get; init; }

    /// <summary>By what it is known to be the right content.</summary>
    public ArrivalProof Proof { get; init; }

    /// <summary>Why it failed; <see langword="null"/> when it is there.</summary>
    public Exception? Error { get; init; }
}

/// <summary>By what an arrival was proven.</summary>
public enum ArrivalProof
{
    /// <summary>It lies in the folder; neither size nor checksum of the source is known.</summary>
    Listed,

    /// <summary>Its size is that of the source.</summary>
    Size,

    /// <summary>Its checksum is the known one, or that of the bytes that were carried.</summary>
    Checksum,
}

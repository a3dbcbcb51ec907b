namespace OneFichier.Names;

/// <summary>
/// The reversible mapping between any file or folder name and one the service accepts: rclone's table for this service, so that
/// what one program stores the other shows under the same name.
/// </summary>
/// <remarks>
/// <para>
/// The service takes neither <c>/ \ &lt; &gt; " ' $ `</c> nor control characters in a name, no space at its ends, and not the names
/// <c>.</c> and <c>..</c>. Each of these is stored as a look-alike; a look-alike that was in the name from the start is stored with
/// the quote U+201B before it; a byte that is not UTF-8 as the quote and its two hexadecimal digits. All else is stored as it is.
/// </para>
/// <para>
/// Promises: <c>Decode(Encode(name))</c> is <c>name</c> for every string; <c>DecodeToUtf8(Encode(bytes))</c> is <c>bytes</c> for every
/// byte string; <c>Encode(Decode(stored))</c> is <c>stored</c> for every name that rclone or this class stored from bytes. A name that needs no
/// change comes back as the same instance, without allocation. A name is one path segment; nothing here splits at slashes, and length is
/// not limited. The full rules, and where rclone's decoder differs, are in docs/spec/names.md.
/// </para>
/// <para>
/// A .NET string cannot hold a byte that is not UTF-8, so in a string such a byte is the lone surrogate U+DC00 + byte. Any other lone surrogate,
/// which only a Windows file name can hold, is stored as its three bytes in generalized UTF-8, in lower-case digits. Nothing is ever replaced by U+FFFD.
/// </para>
/// </remarks>
public static class ServiceName
{
    /// <summary>How many characters a stored name may have (1fichier-api §2). Whether the service counts characters or bytes is not known; a name within this may yet be refused.</summary>
    public const int MaxLength = 250;

    /// <summary>The name as the service is to store it.</summary>
    public static string Encode(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ServiceNameEncoder.Encode(name);
    }

    /// <summary>The name as the service is to store it, of a name given in the bytes a Unix file system keeps, UTF-8 or not.</summary>
    public static string Encode(ReadOnlySpan<byte> utf8) => ServiceNameEncoder.Encode(LooseBytes.ToText(utf8));

    /// <summary>How many characters, as code points, the name has once it is stored.</summary>
    public static int StoredLength(string name) => Encode(name).EnumerateRunes().Count();

    /// <summary>Looks at a name that something is about to get; asks nobody.</summary>
    /// <exception cref="FichierRejectedException">It is longer than <see cref="MaxLength"/> once it is stored.</exception>
    public static void ThrowIfTooLong(string name)
    {
        if (TooLong(name) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>As <see cref="Encode(string)"/>, for a name that something is about to get.</summary>
    internal static string ForStoring(string name)
    {
        ThrowIfTooLong(name);
        return Encode(name);
    }

    /// <summary>Looks at a name as <see cref="ThrowIfTooLong"/>, and tells what it would throw.</summary>
    /// <returns>Why nothing can have that name; <see langword="null"/> when it is short enough.</returns>
    public static FichierRejectedException? TooLong(string name) => StoredLength(name) is > MaxLength and var length
        ? new FichierRejectedException($"The name '{string.Concat(name.EnumerateRunes().Take(20))}…' has {length} characters as the service stores it; it takes {MaxLength}.") { Remedy = "Shorten it." }
        : null;

    /// <summary>The name of which the service stores <paramref name="stored"/>. What no encoder wrote (a quote before an ordinary character) is left as it is.</summary>
    public static string Decode(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return ServiceNameDecoder.Decode(stored);
    }

    /// <summary>What <see cref="Decode"/> gives, in the bytes a Unix file system keeps; not UTF-8 where the name was not.</summary>
    public static byte[] DecodeToUtf8(string stored) => LooseBytes.ToBytes(Decode(stored));
}

using System.Globalization;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>What a client should know of a listing besides its entries.</summary>
internal static class ListingNote
{
    /// <returns><see langword="null"/> when the listing is complete and of now.</returns>
    public static string? Of(FolderContents contents) => contents switch
    {
        { Failure: { } failure } => string.Create(CultureInfo.InvariantCulture, $"This is as it was at {contents.AsOf:u}; it cannot be looked at now: {GatewayError.Of(failure, TimeProvider.System).Message}"),
        { Complete: false } => "The folder is too large to be listed whole; something may be missing.",
        _ => null,
    };

    /// <summary>The entries that an address can name: no dots and no backslashes, and of a file and a folder of one name the folder.</summary>
    public static IEnumerable<Entry> Addressable(this FolderContents contents)
    {
        var folders = contents.Entries.Where(e => e.IsFolder).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        return contents.Entries.Where(e => IsAddressable(e.Name) && (e.IsFolder || !folders.Contains(e.Name)));
    }

    public static bool IsAddressable(string name) => name is not ("." or "..") && !name.Contains('\\', StringComparison.Ordinal);
}

using OneFichier.Names;

namespace OneFichier.Drive.Migration;

/// <summary>Decides the way of a file from what is known of it. Asks nobody.</summary>
internal static class WayChooser
{
    /// <summary>Why a file can go by no way; <see langword="null"/> when it can.</summary>
    public static string? Obstacle(SourceFile file) =>
        file.Problem is { } problem ? problem
        : file.Path.IsRoot ? "It has no name."
        : PathNames.TooLong(file.Path) is { } refusal ? refusal.Message
        : file.Size > UploadLimits.FileBytes ? $"It has {file.Size} bytes; the service takes 300 GB in one file."
        : null;

    /// <summary>Decides, with what is in the way at the target and what the account holds elsewhere.</summary>
    /// <param name="item">The file, with all that is known of it.</param>
    /// <param name="fetchable">Whether the service can fetch it by itself.</param>
    /// <param name="there">What has its name at the target; a folder, a file, or nothing.</param>
    /// <param name="elsewhere">A file of the account with the same size and checksum.</param>
    public static MigrationItem Decide(MigrationItem item, bool fetchable, Entry? there, Entry? elsewhere)
    {
        if (there is { IsFolder: true })
            return item with { Way = MigrationWay.Cannot, State = MigrationState.Cannot, Reason = "A folder of this name is at the target." };
        if (there is not null && IsSame(item, there))
            return There(item, there);
        var replaced = there is null ? null : $"replaces a file of {there.Size} bytes";
        if (elsewhere?.Link is { } held)
            return item with { Way = MigrationWay.Copy, Link = held, LinkName = elsewhere.Name == item.Target.Name ? null : elsewhere.Name, Reason = replaced ?? "the account holds this content already" };
        if (item.Link is not null)
            return item with { Way = MigrationWay.Copy, Reason = replaced };
        return item with { Way = fetchable && item.Size is not 0 ? MigrationWay.Fetch : MigrationWay.Carry, Reason = replaced };
    }

    /// <summary>A file that needs nothing any more.</summary>
    public static MigrationItem There(MigrationItem item, Entry there) => item with
    {
        Way = MigrationWay.There,
        State = MigrationState.Stored,
        Stored = there.Link,
        StoredSize = there.Size,
        StoredChecksum = there.Checksum,
    };

    /// <summary>Whether what is stored is known to be the content that is to come.</summary>
    public static bool IsSame(MigrationItem item, Entry stored) => item.Checksum is { } sum && stored.Checksum == sum && (item.Size is null || item.Size == stored.Size);
}

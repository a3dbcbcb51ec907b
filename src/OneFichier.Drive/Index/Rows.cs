using Microsoft.Data.Sqlite;
using OneFichier.Names;

namespace OneFichier.Drive.Index;

/// <summary>
/// Between entries and rows. A name is the key in the form the service would store it, which any SQLite text can hold; what the service really stores is kept beside it where it differs.
/// </summary>
internal static class Rows
{
    public const string FolderColumns = "name, id, stored, created, flags, shared_by";
    public const string FileColumns = "name, link, domain, stored, size, checksum, uploaded, mod_time, content_type, flags";

    public static string Key(string name) => ServiceName.Encode(name);

    public static object?[] Of(RemoteFolder folder)
    {
        var key = Key(folder.Name);
        var flags = (folder.HasPassword ? 1 : 0) | (folder.Writable is null ? 0 : 2) | (folder.Writable == true ? 4 : 0);
        return [key, folder.Id.Value, folder.StoredName == key ? null : folder.StoredName, folder.Created?.UtcTicks, flags, folder.SharedBy];
    }

    public static object?[] Of(ListedFile file)
    {
        var key = Key(file.Name);
        var flags = (file.HasPassword ? 1 : 0) | (file.UsesCdn ? 2 : 0) | (file.HasAcl ? 4 : 0);
        return
        [
            key, file.Link.Id, file.Link.Domain.Id, file.StoredName == key ? null : file.StoredName, file.Size, file.Checksum?.ToArray(),
            file.Uploaded?.UtcTicks, file.ModTime?.UtcTicks, file.ContentType, flags,
        ];
    }

    public static RemoteFolder Folder(SqliteDataReader row)
    {
        var key = row.GetString(0);
        var flags = row.GetInt64(4);
        return new RemoteFolder
        {
            Id = new FolderId(row.GetInt64(1)),
            Name = ServiceName.Decode(key),
            StoredName = Text(row, 2) ?? key,
            Created = Number(row, 3) is { } made ? new DateTimeOffset(made, TimeSpan.Zero) : null,
            HasPassword = (flags & 1) != 0,
            Writable = (flags & 2) == 0 ? null : (flags & 4) != 0,
            SharedBy = Text(row, 5),
        };
    }

    public static ListedFile File(SqliteDataReader row)
    {
        var key = row.GetString(0);
        var flags = row.GetInt64(9);
        return new ListedFile(new RemoteFile
        {
            Link = FileLink.FromId(row.GetString(1), HostingDomain.All[(int)row.GetInt64(2)]),
            Name = ServiceName.Decode(key),
            StoredName = Text(row, 3) ?? key,
            Size = row.GetInt64(4),
            Checksum = row.IsDBNull(5) ? null : WhirlpoolHash.FromBytes((byte[])row.GetValue(5)),
            Uploaded = Number(row, 6) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            ContentType = Text(row, 8),
            HasPassword = (flags & 1) != 0,
            UsesCdn = (flags & 2) != 0,
            HasAcl = (flags & 4) != 0,
        })
        {
            ModTime = Number(row, 7) is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null,
        };
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}

namespace OneFichier.Drive.Local;

/// <summary>The room on the disk that holds a folder, or will hold it.</summary>
internal static class DiskSpace
{
    public static VolumeSpace? Of(string folder)
    {
        try
        {
            var there = folder;
            while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { Length: > 0 } above)
                there = above;
            var disk = new DriveInfo(there);
            return new VolumeSpace(disk.TotalSize - disk.TotalFreeSpace, disk.AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

using OneFichier.Drive;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

/// <summary>The one table from exceptions of volumes to what programs on a mount are told (docs/guide/mount.md).</summary>
internal static class VolumeErrors
{
    // Where .NET turned an error number of the system into an exception, the number is its HResult.
    private const int LastErrno = 133;

    public static Errno Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        FuseException e => e.Error,
        PathNotFoundException or FichierNotFoundException or FileNotFoundException or DirectoryNotFoundException => Errno.ENOENT,
        NameTakenException => Errno.EEXIST,
        FolderNotEmptyException => Errno.ENOTEMPTY,
        FichierKeyException or FichierAccessException or FichierSubscriptionException or FichierLocationException or UnauthorizedAccessException => Errno.EACCES,
        FichierRejectedException { Known.Subject: ServiceSubject.Room } => Errno.EDQUOT,
        PathTooLongException => Errno.ENAMETOOLONG,
        OperationCanceledException => Errno.EINTR,
        ObjectDisposedException => Errno.EBADF,
        NotSupportedException => Errno.EOPNOTSUPP,
        ArgumentException or OverflowException => Errno.EINVAL,
        IOException { HResult: > 0 and <= LastErrno } e => Disk((Errno)e.HResult),
        { InnerException: { } inner } => Of(inner),
        _ => Errno.EIO,
    };

    private static Errno Disk(Errno error) => error is Errno.ENOSPC or Errno.EDQUOT or Errno.EROFS or Errno.EFBIG or Errno.EACCES or Errno.ENAMETOOLONG ? error : Errno.EIO;
}

namespace OneFichier.Mount.Fuse;

/// <summary>The errors a program on a mount can be told, by their Linux names and numbers.</summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    EPERM = 1,
    ENOENT = 2,
    EINTR = 4,
    EIO = 5,
    ENXIO = 6,
    EBADF = 9,
    EAGAIN = 11,
    ENOMEM = 12,
    EACCES = 13,
    EBUSY = 16,
    EEXIST = 17,
    ENODEV = 19,
    ENOTDIR = 20,
    EISDIR = 21,
    EINVAL = 22,
    EFBIG = 27,
    ENOSPC = 28,
    EROFS = 30,
    ENAMETOOLONG = 36,
    ENOSYS = 38,
    ENOTEMPTY = 39,
    ENODATA = 61,
    EOPNOTSUPP = 95,
    ENOTCONN = 107,
    ESTALE = 116,
    EDQUOT = 122,
}

/// <summary>An operation that fails with a certain error.</summary>
public sealed class FuseException(Errno error) : Exception(error.ToString())
{
    /// <summary>The error.</summary>
    public Errno Error => error;
}

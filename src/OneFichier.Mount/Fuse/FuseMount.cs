using System.Runtime.InteropServices;

namespace OneFichier.Mount.Fuse;

/// <summary>What the kernel is told of a mount.</summary>
/// <param name="Folder">Where it is seen: an existing folder, by its full path.</param>
public sealed record FuseMountOptions(string Folder)
{
    /// <summary>What stands in the first column of <c>mount</c> and <c>df</c>.</summary>
    public string Source { get; init; } = "fichier";

    /// <summary>Nothing can be changed through it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Other users see it too; else only who mounted it, and not even root.</summary>
    public bool AllowOther { get; init; }

    /// <summary>Mount by <c>fusermount3</c> also where this process could do it itself.</summary>
    public bool ByHelper { get; init; }
}

/// <summary>Mounts and unmounts: by system call for root, by <c>fusermount3</c> for others.</summary>
public static class FuseMount
{
    /// <summary>The part of a mount's type after <c>fuse.</c>, by which our mounts are known.</summary>
    public const string Subtype = "fichier";

    /// <summary>Mounts, and opens the device through which it is served. Until that is done, programs that look at it wait.</summary>
    /// <exception cref="IOException">It cannot be mounted; the message says why.</exception>
    public static async Task<FuseDevice> MountAsync(FuseMountOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ByHelper || Libc.EffectiveUser() != 0)
            return await Fusermount.MountAsync(options, cancellationToken);
        var device = FuseDevice.Open();
        var data = $"fd={device.Descriptor},rootmode=40000,user_id=0,group_id={Libc.EffectiveGroup()},default_permissions{(options.AllowOther ? ",allow_other" : "")}";
        var flags = Libc.MountNoSuid | Libc.MountNoDevices | (options.ReadOnly ? Libc.MountReadOnly : 0);
        if (Libc.Mount(options.Source, options.Folder, $"fuse.{Subtype}", flags, data) == 0)
            return device;
        var (error, words) = ((Errno)Marshal.GetLastPInvokeError(), Libc.LastError());
        device.Dispose();
        return error == Errno.EPERM
            ? await Fusermount.MountAsync(options, cancellationToken)
            : throw new IOException($"'{options.Folder}' cannot be mounted on: {words}.");
    }

    /// <summary>Ends a mount.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="lazy">Take it out of sight also when programs are using it; they go on with what they have open.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is gone; <see langword="false"/> when it is in use.</returns>
    public static async Task<bool> UnmountAsync(string folder, bool lazy = false, CancellationToken cancellationToken = default)
    {
        if (Libc.EffectiveUser() == 0)
        {
            if (await Task.Run(() => Libc.Unmount(folder, lazy ? Libc.DetachMount : 0) == 0, cancellationToken))
                return true;
        }

        return await Fusermount.UnmountAsync(folder, lazy, cancellationToken);
    }
}

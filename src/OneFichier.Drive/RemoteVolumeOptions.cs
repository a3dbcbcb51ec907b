using Microsoft.Extensions.Logging;

namespace OneFichier.Drive;

/// <summary>How an account is used as a volume. Immutable: change a copy by <c>with</c>.</summary>
public sealed record RemoteVolumeOptions
{
    /// <summary>The folder that is the volume's root; default the account's.</summary>
    public FolderId Start { get; init; } = FolderId.Root;

    /// <summary>Where modification times are kept; default in the index.</summary>
    public TimesMode Times { get; init; } = TimesMode.Index;

    /// <summary>
    /// Where the journals of uploads lie, usually <c>uploads</c> in the state folder of the account; all volumes of the account use the same. Without one, an upload whose process dies is not adopted.
    /// </summary>
    public string? JournalFolder { get; init; }

    /// <summary>Upload sessions at the same time; default 3.</summary>
    public int Sessions { get; init; } = 3;

    /// <summary>How sessions are cut; its sessions and journal are set by the volume.</summary>
    public UploadBatchOptions Batch { get; init; } = new();

    /// <summary>How direct links are asked for; default as the service likes it.</summary>
    public DirectLinkOptions Link { get; init; } = new();

    /// <summary>Told what was found and put right behind the scenes; default nobody.</summary>
    public ILogger? Logger { get; init; }
}

/// <summary>Where the modification times of files are kept, since the service keeps none.</summary>
public enum TimesMode
{
    /// <summary>In the index: this machine knows them, and nobody is asked.</summary>
    Index,

    /// <summary>In the index, and written into the description of the file, so that another machine can read them.</summary>
    Description,

    /// <summary>Nowhere: files show when they were stored.</summary>
    None,
}

namespace OneFichier.Cli.Terminal;

/// <summary>What the program says by its exit code. Stable: scripts rely on it; 0 to 10 mean what they mean in rclone.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int FolderNotFound = 3;
    public const int FileNotFound = 4;
    public const int Temporary = 5;
    public const int SomeFailed = 6;
    public const int Fatal = 7;
    public const int TransferLimit = 8;
    public const int NothingToTransfer = 9;
    public const int DurationLimit = 10;
    public const int Key = 20;
    public const int Integrity = 21;
    public const int Interrupted = 130;

    public static IReadOnlyDictionary<int, string> Meanings { get; } = new SortedDictionary<int, string>
    {
        [Done] = "done",
        [Failed] = "failed, no better code",
        [Usage] = "wrong usage",
        [FolderNotFound] = "folder not found",
        [FileNotFound] = "file not found",
        [Temporary] = "temporary: locked for flooding, network, maintenance; try later",
        [SomeFailed] = "some items failed, the rest was done; they are listed",
        [Fatal] = "fatal: the account is locked or the service refuses it for good",
        [TransferLimit] = "transfer limit reached",
        [NothingToTransfer] = "nothing to transfer (only with --error-on-no-transfer)",
        [DurationLimit] = "duration limit reached",
        [Key] = "no key, or the key is refused",
        [Integrity] = "a checksum or size did not match",
        [Interrupted] = "interrupted",
    };
}

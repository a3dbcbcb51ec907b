namespace OneFichier.Mount.Fuse;

/// <summary>The first exchange: which protocol is spoken, and what each side can do.</summary>
internal static class FuseHandshake
{
    public const uint Major = 7;

    /// <summary>The oldest kernel spoken with: Linux 5.4 of 2019.</summary>
    public const uint OldestMinor = 31;

    private const uint Minor = 38;
    private const int LargestTransfer = 1 << 20;

    // A write's header and structure come before its data; the kernel wants some room more.
    public const int BufferSize = LargestTransfer + 8 * 1024;

    [Flags]
    private enum Ability : uint
    {
        AsyncRead = 1 << 0,
        TruncatingOpen = 1 << 3,
        BigWrites = 1 << 5,
        DropChangedData = 1 << 12,
        FolderPlus = 1 << 13,
        FolderPlusWhenUseful = 1 << 14,
        AsyncDirect = 1 << 15,
        ParallelFolders = 1 << 18,
        MaxPages = 1 << 22,
    }

    private const Ability Wanted = Ability.AsyncRead | Ability.TruncatingOpen | Ability.BigWrites | Ability.DropChangedData | Ability.FolderPlus | Ability.FolderPlusWhenUseful
        | Ability.AsyncDirect | Ability.ParallelFolders | Ability.MaxPages;

    /// <summary>The answer to a kernel's greeting. To a later major version it is ours, and the kernel greets again with it.</summary>
    public static InitOut Answer(InitIn greeting)
    {
        if (greeting.Major > Major)
            return new InitOut(Major, Minor, 0, 0);
        if (greeting.Major < Major || greeting.Minor < OldestMinor)
            throw new FuseException(Errno.EOPNOTSUPP);
        return new InitOut(Major, Math.Min(Minor, greeting.Minor), Math.Max(greeting.MaxReadAhead, LargestTransfer), greeting.Flags & (uint)Wanted)
        {
            MaxBackground = 64,
            CongestionThreshold = 48,
            MaxWrite = LargestTransfer,
            TimeGranularity = 100,
            MaxPages = (ushort)(LargestTransfer / Environment.SystemPageSize),
        };
    }
}

namespace OneFichier.Sandbox;

/// <summary>
/// A switch for every point on which sources disagree or nothing is known. The defaults are the readings with the best
/// confidence; a client should work with all of them.
/// </summary>
public sealed record SandboxBehaviours
{
    /// <summary>Seeds everything random that is not a fault: ids, node names, the order of members.</summary>
    public int Seed { get; init; } = 1;

    // Replies

    /// <summary>JSON members come in another order each time, as seen.</summary>
    public bool RandomMemberOrder { get; init; } = true;

    /// <summary>The envelope's members are called Status and Message.</summary>
    public bool CapitalisedEnvelope { get; init; }

    /// <summary>user/info gives its flags, offer and cdn as strings, as seen by rclone, or as numbers, as documented.</summary>
    public ScalarForm UserFlags { get; init; } = ScalarForm.Text;

    /// <summary>folder/ls gives a null size when files were not asked for, as seen; otherwise 0.</summary>
    public bool NullFolderSize { get; init; } = true;

    /// <summary>How an empty sub_folders, items or links looks in listings.</summary>
    public EmptyArrayForm EmptyArrays { get; init; } = EmptyArrayForm.Present;

    /// <summary>How file/info spells the content type; listings always use the hyphen.</summary>
    public ContentTypeSpelling InfoContentType { get; init; } = ContentTypeSpelling.Hyphen;

    /// <summary>Whether acl is a number or an object.</summary>
    public AclForm Acl { get; init; } = AclForm.AsSeen;

    /// <summary>file/info carries a status.</summary>
    public bool InfoStatus { get; init; } = true;

    /// <summary>Which zone dates are written in.</summary>
    public DateZone Dates { get; init; } = DateZone.Paris;

    /// <summary>Replies are compressed for who accepts gzip.</summary>
    public bool Gzip { get; init; } = true;

    /// <summary>HTTP/2 is offered on the TLS listeners. Read once, at start.</summary>
    public bool Http2 { get; init; } = true;

    // Refusals

    /// <summary>Which HTTP status carries a KO.</summary>
    public RefusalCarrier Refusals { get; init; } = RefusalCarrier.AsSeen;

    /// <summary>The numbers at the end of messages change from reply to reply.</summary>
    public bool DriftingNumbers { get; init; }

    /// <summary>Floods are refused with 429, as documented, instead of 403, as seen.</summary>
    public bool FloodIs429 { get; init; }

    /// <summary>Flood refusals carry Retry-After.</summary>
    public bool RetryAfter { get; init; }

    /// <summary>A content type with a charset parameter counts as "not JSON".</summary>
    public bool RefuseCharset { get; init; }

    /// <summary>Numbers in request bodies may be strings.</summary>
    public bool AcceptTextNumbers { get; init; } = true;

    /// <summary>What the API grants a free member besides uploading.</summary>
    public bool FreeMayManage { get; init; } = true;

    // Files and folders

    /// <summary>How long a listing shows the state from before an upload, rm or mv.</summary>
    public TimeSpan ListLag { get; init; } = TimeSpan.Zero;

    /// <summary>sent_before and sent_after exclude their own second.</summary>
    public bool ExclusiveWindows { get; init; }

    /// <summary>mkdir of a name that is there.</summary>
    public ExistingFolderAnswer ExistingFolder { get; init; } = ExistingFolderAnswer.Refuse;

    /// <summary>Folder names that differ in case only are the same name.</summary>
    public bool FolderNamesIgnoreCase { get; init; }

    /// <summary>Reserved characters in names sent to mkdir, rename, mv and cp.</summary>
    public ReservedCharacters NamesInCalls { get; init; } = ReservedCharacters.Reject;

    /// <summary>Reserved characters in names of uploaded files.</summary>
    public ReservedCharacters NamesInUploads { get; init; } = ReservedCharacters.Replace;

    /// <summary>The 250 of a name are bytes; otherwise characters.</summary>
    public bool NamesCountBytes { get; init; }

    /// <summary>rename, mv and cp onto another file's name are refused; otherwise there are two of that name.</summary>
    public bool RefuseExistingFileName { get; init; }

    /// <summary>A batch with one bad link does nothing; otherwise the good ones are done and counted.</summary>
    public bool BatchesAreAllOrNothing { get; init; }

    /// <summary>file/mv to where the file is, with a rename, leaves the name alone and says OK, as seen in 2021.</summary>
    public bool MoveInPlaceKeepsName { get; init; } = true;

    /// <summary>file/cp understands destination_folder_id too.</summary>
    public bool CopyTakesDestination { get; init; }

    /// <summary>folder/rm of a folder that is not empty is refused; otherwise everything in it goes.</summary>
    public bool RefuseRemovingFullFolder { get; init; } = true;

    /// <summary>folder/mv with a rename ignores the destination, as documented; otherwise it does both, as rclone needs.</summary>
    public bool FolderRenameIgnoresDestination { get; init; }

    /// <summary>file/scan finds a virus in, and deletes, every file whose name contains this.</summary>
    public string VirusName { get; init; } = "eicar";

    /// <summary>available_* in user/info are what remains, or, as rclone reads them, the total.</summary>
    public bool AvailableIsTotal { get; init; }

    // Uploads

    /// <summary>The multipart parser accepts only what the service was seen to accept.</summary>
    public bool StrictMultipart { get; init; } = true;

    /// <summary>An upload without Content-Length is refused with 411.</summary>
    public bool RequireContentLength { get; init; } = true;

    /// <summary>upload.cgi takes only ids that get_upload_server gave, each once.</summary>
    public bool RequireIssuedId { get; init; } = true;

    /// <summary>An upload with an empty file is refused.</summary>
    public bool RefuseEmptyFiles { get; init; } = true;

    /// <summary>The redirect names another xid than the upload's id.</summary>
    public bool OtherXid { get; init; }

    /// <summary>upload.cgi answers 200 with the report inline instead of a redirect.</summary>
    public InlineReport InlineReport { get; init; } = InlineReport.No;

    /// <summary>Files are stored when end.pl is first visited, not when the upload ends.</summary>
    public bool StoreAtReport { get; init; }

    /// <summary>end.pl takes its format from the query too.</summary>
    public bool ReportFormatInQuery { get; init; }

    /// <summary>How many times end.pl first answers with an HTML wait page.</summary>
    public int WaitPages { get; init; }

    /// <summary>How many times end.pl first answers without links.</summary>
    public int EmptyReports { get; init; }

    /// <summary>end.pl gives every link twice.</summary>
    public bool DoubledLinks { get; init; }

    /// <summary>An upload that would exceed the quota, or is forbidden, is refused.</summary>
    public bool RefuseOverQuota { get; init; } = true;

    // Downloads

    /// <summary>get_token from a second address within five minutes is refused (#887).</summary>
    public bool OneLocation { get; init; } = true;

    /// <summary>A download link works only from the address that asked for it.</summary>
    public bool TokensBoundToAddress { get; init; }

    /// <summary>A HEAD uses up a single-use link.</summary>
    public bool HeadSpendsSingle { get; init; }

    /// <summary>The status of the HTML page a stale or unknown download link gives.</summary>
    public int StaleTokenStatus { get; init; } = 200;

    /// <summary>Downloads carry ETag and Last-Modified.</summary>
    public bool DownloadValidators { get; init; }

    // Remote uploads

    /// <summary>How long each address of a remote upload takes; they are done one after another, and the results come one by one.</summary>
    public TimeSpan RemoteDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Remote uploads of every address that contains this fail; empty for none.</summary>
    public string RemoteFailName { get; init; } = "";

    /// <summary>How often such an address fails before it works; 0 for always.</summary>
    public int RemoteFailTimes { get; init; }

    /// <summary>Results of remote uploads name the link of the stored file.</summary>
    public bool RemoteLinks { get; init; } = true;

    internal void Validate()
    {
        Guard.That(RemoteDelay >= TimeSpan.Zero, "RemoteDelay cannot be negative.");
        Guard.That(RemoteFailTimes >= 0, "RemoteFailTimes cannot be negative.");
        Guard.That(ListLag >= TimeSpan.Zero, "ListLag cannot be negative.");
        Guard.That(WaitPages >= 0, "WaitPages cannot be negative.");
        Guard.That(EmptyReports >= 0, "EmptyReports cannot be negative.");
        Guard.That(StaleTokenStatus is >= 200 and <= 599, "StaleTokenStatus is an HTTP status from 200 to 599.");
    }
}

namespace OneFichier.Gateways.Rest;

/// <summary>All calls there are.</summary>
internal static class RestCalls
{
    private static readonly RestParameter Files = new("path", "a file by its path, or several") { Many = true };
    private static readonly RestParameter Urls = new("url", "a file by its address (/f/ID/NAME), id or page link, or several (urls)") { Many = true };
    private static readonly RestParameter Folder = new("path", "the folder by its path; default the root");
    private static readonly RestParameter FolderId = new("folder_id", "the folder by its id; 0 is the root");
    private static readonly RestParameter Target = new("folder", "the folder it goes to, by its path");
    private static readonly RestParameter TargetId = new("destination_folder_id", "the folder it goes to, by its id; 0 is the root");
    private static readonly RestParameter NewName = new("rename", "a new name, of a single file");
    private static readonly RestParameter Overwrite = new("overwrite", "1 to replace what is there, 0 to leave it");

    public static IReadOnlyList<RestCall> All { get; } =
    [
        new("user/info.cgi", "Who you are here, and how much room there is.", AccountCalls.InfoAsync),
        new("folder/list.cgi", "What is in a folder.", FolderCalls.ListAsync) { Aliases = ["folder/ls.cgi", "file/ls.cgi"], Parameters = [Folder, FolderId] },
        new("folder/create.cgi", "Makes a folder, and those above it that are missing.", FolderCalls.CreateAsync)
        {
            Aliases = ["folder/mkdir.cgi"], Changes = true,
            Parameters = [new("path", "the new folder's path, or with name the path of the folder above it"), new("name", "its name"), new("folder_id", "the folder above it, by its id")],
        },
        new("folder/delete.cgi", "Removes an empty folder.", FolderCalls.DeleteAsync) { Aliases = ["folder/rm.cgi"], Changes = true, Parameters = [Folder, FolderId] },
        new("upload.cgi", "Stores files: parts of a multipart form, or the body itself with name.", UploadCalls.UploadAsync)
        {
            Changes = true, TakesFiles = true,
            Parameters = [new("folder", "the folder they go to, by its path; default the root"), new("folder_id", "the same by its id (also did)"), new("name", "the file's name, where it is the body itself"), Overwrite],
        },
        new("download/get_token.cgi", "An address from which a file can be downloaded.", LinkCalls.GetTokenAsync) { Parameters = [new("path", "the file by its path"), new("url", "the file by its address, id or page link")] },
        new("file/links.cgi", "The addresses of many files, which stay when they are renamed or moved.", LinkCalls.LinksAsync) { Aliases = ["links.cgi"], Parameters = [Files, Urls] },
        new("file/info.cgi", "What is known of a file.", LinkCalls.InfoAsync) { Parameters = [new("path", "the file by its path"), new("url", "the file by its address, id or page link")] },
        new("file/delete.cgi", "Removes files.", FileCalls.DeleteAsync) { Aliases = ["file/rm.cgi"], Changes = true, Parameters = [Files, Urls] },
        new("file/rename.cgi", "Renames files where they are.", FileCalls.RenameAsync)
        {
            Changes = true, Parameters = [Files, Urls, new("filename", "the new name, one for each file (also name)") { Many = true }, Overwrite],
        },
        new("file/move.cgi", "Moves files to another folder; no bytes pass through here.", FileCalls.MoveAsync)
        {
            Aliases = ["file/mv.cgi"], Changes = true, Parameters = [Files, Urls, Target, TargetId, NewName, Overwrite],
        },
        new("file/copy.cgi", "Copies files; on the service where that can be.", FileCalls.CopyAsync)
        {
            Aliases = ["file/cp.cgi"], Changes = true, Parameters = [Files, Urls, Target, TargetId, NewName, Overwrite],
        },
        new("remote/upload.cgi", "Has the service fetch addresses itself.", RemoteCalls.UploadAsync)
        {
            Aliases = ["remote/request.cgi"], Changes = true, Parameters = [new("url", "what to fetch (also urls)") { Many = true }, new("folder", "the folder it goes to, by its path"), FolderId],
        },
    ];

    private static readonly Dictionary<string, RestCall> ByPath =
        All.SelectMany(c => c.Aliases.Append(c.Path).Select(p => (p, c))).ToDictionary(e => e.p, e => e.c, StringComparer.Ordinal);

    public static RestCall? Find(string path) => ByPath.GetValueOrDefault(path);
}

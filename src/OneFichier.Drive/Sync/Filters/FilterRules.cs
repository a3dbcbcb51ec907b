namespace OneFichier.Drive.Sync;

/// <summary>The rules for files, and those for folders that follow from them so that no folder is listed in vain.</summary>
internal sealed class FilterRules(bool ignoreCase)
{
    private readonly RuleSet _files = new();
    private readonly RuleSet _folders = new();

    public bool IsEmpty => _files.IsEmpty && _folders.IsEmpty;

    public void Add(bool include, string glob)
    {
        var folderRule = glob.EndsWith('/');
        if (folderRule && !include)
            glob += "**";
        var both = glob.Contains("**", StringComparison.Ordinal);
        if (both || !folderRule)
            AddForFiles(include, glob);
        if (both || folderRule)
            _folders.Add(include, glob, ignoreCase);
    }

    /// <summary>Takes a rule as <c>+ glob</c>, <c>- glob</c>, or <c>!</c>, which forgets the rules before it.</summary>
    public void Add(string rule)
    {
        if (rule == "!")
        {
            _files.Clear();
            _folders.Clear();
        }
        else if (rule.StartsWith("+ ", StringComparison.Ordinal) || rule.StartsWith("- ", StringComparison.Ordinal))
        {
            Add(rule[0] == '+', rule[2..]);
        }
        else
        {
            throw new FormatException("A rule begins with '+ ' or '- ', or is '!'.");
        }
    }

    public bool IncludesFile(string path) => _files.Includes(path);

    public bool IncludesFolder(string path) => _folders.Includes(path + "/");

    /// <summary>What includes files includes the folders above them; what excludes some excludes no folder, unless it is <c>*</c>.</summary>
    private void AddForFiles(bool include, string glob)
    {
        _files.Add(include, glob, ignoreCase);
        if (!include && glob != "*")
            return;
        foreach (var folder in GlobPattern.Folders(glob).Where(f => f != "/"))
            _folders.Add(include, folder, ignoreCase);
    }
}

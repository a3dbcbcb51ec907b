namespace OneFichier.Drive.Sync;

/// <summary>
/// rclone's filter: the listed files alone where there are such; otherwise age, then size, then the rules in order, and what no rule matches takes part.
/// Made by a <see cref="FilterBuilder"/>; any number of threads may use one.
/// </summary>
public sealed class RuleFilter : TreeFilter
{
    private readonly FilterRules _rules;
    private readonly FilterLimits _limits;
    private readonly ListedFiles? _listed;

    internal RuleFilter(FilterRules rules, FilterLimits limits, ListedFiles? listed) => (_rules, _limits, _listed) = (rules, limits, listed);

    /// <inheritdoc/>
    public override bool Includes(Entry file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _listed is not null ? _listed.HasFile(file.Path) : _limits.Includes(file) && _rules.IncludesFile(file.Path.ToString());
    }

    /// <inheritdoc/>
    public override bool Enters(VolumePath folder)
    {
        if (folder.IsRoot)
            return true;
        if (_limits.MaxDepth is { } depth && folder.Segments.Count >= depth)
            return false;
        return _listed is not null ? _listed.HasFolder(folder) : _rules.IncludesFolder(folder.ToString());
    }

    /// <inheritdoc/>
    public override bool Includes(FolderContents folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return _limits.Markers.Count == 0 || !folder.Entries.Any(e => !e.IsFolder && _limits.Markers.Contains(e.Name));
    }
}

using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Index;

/// <summary>
/// A memory of direct links in a file that all processes of an account share, for its owner alone, since whoever has a link has the file. Its format is written in
/// docs/spec/direct-links.md. A damaged file is thrown away; where the disk is unwilling nothing is remembered, and that is said once.
/// </summary>
public sealed class SqliteLinkBook : ILinkBook, IDisposable
{
    private readonly UnfailingFile<LinkFile> _file;
    private readonly TimeProvider _time;

    /// <summary>Uses a file, made when it is first needed.</summary>
    /// <param name="path">Where it is, usually <c>links.db</c> in the state folder of the account.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="logger">Where warnings go; default nowhere.</param>
    public SqliteLinkBook(string path, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _time = time ?? TimeProvider.System;
        _file = new UnfailingFile<LinkFile>(path, () => new LinkFile(path, _time.GetUtcNow()), "Direct links", logger);
    }

    /// <inheritdoc/>
    public DirectLink? Find(FileLink file, DirectLinkOptions wishes, TimeSpan life)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        var now = _time.GetUtcNow();
        return !wishes.SingleUse && _file.On(f => f.Find(file, Number(wishes))) is { } link && link.Obtained <= now && now + life < link.Expires ? link : null;
    }

    /// <inheritdoc/>
    public void Remember(FileLink file, DirectLinkOptions wishes, DirectLink link)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        ArgumentNullException.ThrowIfNull(link);
        if (wishes.SingleUse)
            return;
        _file.On<object>(f =>
        {
            f.Put(file, Number(wishes), link);
            return null;
        });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static long Number(DirectLinkOptions wishes) =>
        (wishes.Inline ? 1 : 0) + (wishes.UseCdn ? 2 : 0) + (wishes.NoSsl ? 4 : 0) + (8 * (int)wishes.RestrictAddress);
}

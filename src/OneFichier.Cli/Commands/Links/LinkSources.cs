using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>The files that paths, globs, folders, shares and page links stand for, in their order. What cannot be looked at is told and counted, and the others are gone on with.</summary>
internal sealed class LinkSources(Call call, RemoteSession session, Action<string, Exception> tellFailed)
{
    private readonly List<Exception> _failed = [];

    public List<LinkedFile> Files { get; } = [];

    public IReadOnlyCollection<Exception> Failed => _failed;

    /// <summary>Whether every folder was listed whole and as it is now.</summary>
    public bool IsWhole { get; private set; } = true;

    public async Task CollectAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        foreach (var text in texts)
        {
            try
            {
                await AddAsync(Place.Parse(text), cancellationToken);
            }
            catch (Exception e) when (texts.Count > 1 && e is CliException or PathNotFoundException or FichierNotFoundException or FichierAccessException)
            {
                tellFailed(text, e);
                _failed.Add(e);
                IsWhole = false;
            }
        }
    }

    private async Task AddAsync(Place place, CancellationToken cancellationToken)
    {
        if (place is LinkPlace given)
        {
            Files.Add(new LinkedFile(place, given.Link));
            return;
        }

        var items = await LinkGlob.OfAsync(session, place, cancellationToken) is { } glob
            ? await glob.FilesAsync(call, Look, cancellationToken)
            : (await FetchItem.OfAsync(call, session, place, cancellationToken, Look)).Files;
        Files.AddRange(items.Select(i => new LinkedFile(place, i)));
    }

    private void Look(FolderContents contents) => IsWhole &= contents is { Complete: true, Failure: null };
}

/// <summary>A file a link is wanted of.</summary>
internal sealed record LinkedFile(Place Place)
{
    public LinkedFile(Place place, FileLink given) : this(place) => Given = given;

    public LinkedFile(Place place, FetchItem found) : this(place) => Found = found;

    /// <summary>What is known of it; <see langword="null"/> when it was named by its page link, of which nobody was asked.</summary>
    public FetchItem? Found { get; }

    public string Path => Found?.Entry.Path.ToString() ?? Link.Id;

    /// <exception cref="CliException">Its link leads to something else than what is shown there, as in an encrypted remote.</exception>
    public FileLink Link => Given ?? Found!.Entry.Link
        ?? throw CliException.Usage($"'{Escaping.Visible(Place.Text)}' is encrypted; its links lead to what nobody can read without the password.", "Name the files by the path of the account that stores them.");

    private FileLink? Given { get; }
}

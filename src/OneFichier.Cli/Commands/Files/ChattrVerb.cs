using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class ChattrVerb : ChangeVerb
{
    private const int BatchSize = 100;

    private readonly ListedArguments _paths;
    private readonly AttributeFlags _attributes;

    public ChattrVerb() : base("chattr", "Change attributes of files: description, password, who may download.")
    {
        Details =
            "What no flag names is left as it is; the --acl flags together replace the whole list of who may download.\n"
            + "Costs one request for a hundred files, besides a listing for each folder that is not known well enough.";
        Examples =
        [
            new("fichier chattr 1f:docs/a.pdf --description 'second edition' --inline", "one file"),
            new("fichier chattr '1f:films/**.mkv' --acl-country FR --acl-country BE", "all films, for two countries"),
            new("fichier chattr 1f:docs/a.pdf --password '' --acl-off", "for anyone with the link again"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.FileNotFound, ExitCodes.SomeFailed, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        _paths = new ListedArguments(this, "PATH", LinkFlags.Meaning);
        _attributes = new AttributeFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var (paths, changes) = (_paths.Of(call), _attributes.Of(call));
        using var session = new RemoteSession(call);
        var sources = new LinkSources(call, session, (path, e) => TellFailed(call, path, e));
        await sources.CollectAsync(paths, cancellationToken);
        var failed = sources.Failed.ToList();
        foreach (var account in sources.Files.GroupBy(f => RemoteSession.AccountOf(f.Place)))
        {
            var client = (await session.TreeAsync(account.Key, cancellationToken)).Client;
            foreach (var batch in account.Chunk(BatchSize))
                failed.AddRange(await ChangeAsync(call, client, batch, changes, cancellationToken));
        }

        return Conclude(sources.Files.Count + sources.Failed.Count, failed);
    }

    /// <summary>A batch in which a file is refused or passed over is done file by file; what is set already is set again to the same.</summary>
    private static async Task<IReadOnlyList<Exception>> ChangeAsync(Call call, FichierClient client, LinkedFile[] files, FileAttributeChanges changes, CancellationToken cancellationToken)
    {
        try
        {
            if (!call.Globals.DryRun && await client.Files.SetAttributesAsync([.. files.Select(f => f.Link)], changes, cancellationToken) < files.Length)
                throw new CliException(ExitCodes.FileNotFound, "The service knows no such file.", "A file belongs to this account while fichier stat finds it.");
        }
        catch (Exception e) when (files.Length > 1 && (ConcernsOne(e) || e is CliException))
        {
            var failed = new List<Exception>();
            foreach (var file in files)
                failed.AddRange(await ChangeAsync(call, client, [file], changes, cancellationToken));

            return failed;
        }
        catch (Exception e) when (ConcernsOne(e) || e is CliException)
        {
            TellFailed(call, files[0].Path, e);
            return [e];
        }

        foreach (var file in files)
            Tell(call, "changed", file.Path, link: file.Link.Url);

        return [];
    }
}

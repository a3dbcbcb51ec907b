using System.CommandLine;
using System.Net.Mail;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class ShareVerb : Verb
{
    private const int ShortestPassword = 6;

    private readonly Argument<string> _path = PathArguments.OneRemote();
    private readonly Option<bool> _public = Flags.Switch("--public", "give the folder a public address; --public=false ends it");
    private readonly Option<string> _password = Flags.Text("--password", "PASSWORD", "ask for this at the public address, at least six characters; '' removes it");
    private readonly Option<string[]> _with = Flags.Texts("--with", "EMAIL[:rw]", "share with a member, who may read, or with :rw write too, or with :nolinks read but see no links (repeatable)");
    private readonly Option<string[]> _without = Flags.Texts("--without", "EMAIL", "share no longer with this member (repeatable)");
    private readonly Option<bool> _off = Flags.Switch("--off", "share with nobody, and no public address");

    public ShareVerb() : base("share", "Share a folder: publicly, or with members.")
    {
        Details = "Without a flag it shows how the folder is shared. What no flag names is left as it is; --with adds to the members there are.\n"
            + "Costs one request, and one more to look first without a flag and with --with or --without; the service shows the same folder only every half minute.";
        Examples =
        [
            new("fichier share 1f:photos/2024 --public --password 'six or more'", "prints the public address"),
            new("fichier share 1f:team --with ann@example.org:rw --with bob@example.org", "with two members"),
            new("fichier share 1f:team --off", "end it all"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        foreach (var option in (Option[])[_public, _password, _with, _without, _off])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = PathArguments.Account(Place.Parse(call.Get(_path)));
        FolderGrant[] with = [.. (call.Get(_with) ?? []).Select(Grant)];
        var without = call.Get(_without) ?? [];
        if (call.Get(_off) && (with.Length + without.Length > 0 || call.Has(_public) || call.Has(_password)))
            throw CliException.Usage("--off goes with no other flag.");

        using var session = new RemoteSession(call);
        if (session.IsEncrypted(place))
            throw CliException.Usage($"'{Escaping.Visible(place.Text)}' is encrypted; others would see what nobody can read without the password.", "Share a folder of the account that stores it, and hand on the password.");

        var entry = await session.FindAsync(place, EntryKind.Folder, cancellationToken);
        if (entry.Folder?.Id is not { Value: > 0 } id)
            throw CliException.Usage("The root cannot be shared.", "Name a folder in it.");

        if (await ShareAsync(call, (await session.ClientAsync(place, cancellationToken)).Folders, id, (with, without), cancellationToken) is { } shape)
            Show(call, shape);
        else
            ChangeVerb.Tell(call, "shared anew", place.Text);
        return ExitCodes.Done;
    }

    /// <summary>The service shows the same folder only every half minute, so it is asked only where the flags alone do not say what to set.</summary>
    /// <returns>How the folder is shared then; nothing where it would be shared otherwise and is not, in a dry run.</returns>
    private async Task<ShareShape?> ShareAsync(Call call, FolderClient folders, FolderId id, (FolderGrant[] With, string[] Without) members, CancellationToken cancellationToken)
    {
        var (path, merges) = (call.Get(_path), members.With.Length + members.Without.Length > 0);
        var sharing = new FolderSharing
        {
            Public = call.Get(_off) ? false : call.Has(_public) ? call.Get(_public) : null,
            Password = Passwords.Checked(call.Get(_password), ShortestPassword),
            Grants = call.Get(_off) ? [] : null,
        };
        var shown = merges || sharing == new FolderSharing() ? await folders.ListAsync(id, files: false, cancellationToken: cancellationToken) : null;
        if (merges)
            sharing = sharing with { Grants = Merge(shown!.Grants, members.With, members.Without) };

        var address = shown?.PublicLink?.Url;
        var changes = sharing != new FolderSharing();
        if (changes && call.Globals.DryRun)
            return null;
        if (changes)
            address = (await folders.ShareAsync(id, sharing, cancellationToken))?.Url;

        var grants = sharing.Grants ?? shown?.Grants;
        return new ShareShape(path, address, sharing.Password is { } password ? password.Length > 0 : shown?.HasPassword, grants?.Select(g => new GrantShape(g.Email, g.Writable, g.HideLinks)).ToList());
    }

    private static FolderGrant Grant(string text)
    {
        var (email, right) = text.LastIndexOf(':') is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "ro");
        if (!MailAddress.TryCreate(email, out _))
            throw CliException.Usage($"--with: '{Escaping.Visible(email)}' is no mail address.");

        return right switch
        {
            "ro" => new FolderGrant(email),
            "rw" => new FolderGrant(email, Writable: true),
            "nolinks" => new FolderGrant(email, HideLinks: true),
            _ => throw CliException.Usage($"--with: '{Escaping.Visible(right)}' is no right.", "As in ann@example.org, ann@example.org:rw or ann@example.org:nolinks."),
        };
    }

    private static FolderGrant[] Merge(IReadOnlyList<FolderGrant> now, FolderGrant[] with, string[] without)
    {
        foreach (var email in without.Where(w => !now.Any(g => Same(g.Email, w))))
            throw CliException.Usage($"The folder is not shared with '{Escaping.Visible(email)}'.", "fichier share PATH shows with whom it is.");

        return [.. now.Where(g => !with.Any(w => Same(w.Email, g.Email)) && !without.Any(w => Same(w, g.Email))), .. with];
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static void Show(Call call, ShareShape shape)
    {
        if (call.Screen.Json)
        {
            call.Screen.Document(shape, JsonShapes.Default.ShareShape);
            return;
        }

        call.Screen.Line($"public  {(shape.Public is null ? "no" : shape.Public + (shape.Password == true ? "  (asks for a password)" : ""))}");
        foreach (var grant in shape.With ?? [])
            call.Screen.Line($"with    {call.Screen.Shown(grant.Email)}  ({(grant.Writable ? "reads and writes" : grant.HideLinks ? "reads, sees no links" : "reads")})");
    }
}

/// <param name="Path">The folder.</param>
/// <param name="Public">Its public address.</param>
/// <param name="Password">Whether that asks for a password; <see langword="null"/> when the service was not asked.</param>
/// <param name="With">The members it is shared with; <see langword="null"/> when the service was not asked.</param>
internal sealed record ShareShape(string Path, string? Public, bool? Password, IReadOnlyList<GrantShape>? With);

internal sealed record GrantShape(string Email, bool Writable, bool HideLinks);

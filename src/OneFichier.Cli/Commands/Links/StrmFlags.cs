using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>The flags of <c>--format strm</c>.</summary>
internal sealed class StrmFlags
{
    private readonly Option<string> _folder = Flags.Text("--strm-dir", "DIR", "keep this folder of .strm files in step; nothing in it that somebody else wrote is touched");
    private readonly Option<string> _gateway = Flags.Text("--gateway", "URL", "where 'serve http' is, as players reach it: http://nas:8080, or http://NAME:SECRET@nas:8080 with a token");

    public StrmFlags(Verb verb)
    {
        verb.Options.Add(_folder);
        verb.Options.Add(_gateway);
    }

    /// <summary>The export that is asked for; <see langword="null"/> for none.</summary>
    /// <exception cref="CliException">The flags do not go together.</exception>
    public StrmExport? Of(Call call, string format)
    {
        var (folder, gateway) = (call.Get(_folder), call.Get(_gateway));
        if (format != "strm")
            return folder is null ? null : throw CliException.Usage("--strm-dir is for --format strm.", "Add: --format strm");

        if (gateway is not { Length: > 0 })
        {
            if (folder is not null)
                throw CliException.Usage("--strm-dir needs --gateway.", "A .strm file must name an address that stays. Start 'fichier serve http 1f:', and give its address: --gateway http://nas:8080");
            call.Screen.Warn("Direct links end after five minutes, so a .strm file that holds one does too. With --gateway the addresses of 'fichier serve http' are written, which stay.");
            return null;
        }

        return Uri.TryCreate(gateway, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query.Length == 0 && address.Fragment.Length == 0
            ? new StrmExport(call, address, folder)
            : throw CliException.Usage("--gateway is no address of a gateway.", "As in http://nas:8080, without anything behind a ? or #");
    }
}

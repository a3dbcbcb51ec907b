using System.CommandLine;
using OneFichier.Cli.Parsing;

namespace OneFichier.Cli.Commands;

/// <summary>The flags of verbs that ask for direct links.</summary>
internal sealed class LinkFlags
{
    private readonly Option<string> _password = Flags.Text("--password", "PASSWORD", "the password of the file or share");
    private readonly Option<bool> _cdn = Flags.Switch("--cdn", "spend CDN credits");
    private readonly Option<bool> _inline = Flags.Switch("--inline", "a link that shows the file instead of saving it");
    private readonly Option<bool> _single = Flags.Switch("--single", "a link that serves one request only");

    public LinkFlags(Verb verb)
    {
        foreach (var option in (Option[])[_password, _cdn, _inline, _single])
            verb.Options.Add(option);
    }

    public DirectLinkOptions Of(Call call) => new()
    {
        Password = call.Get(_password),
        UseCdn = call.Get(_cdn),
        Inline = call.Get(_inline),
        SingleUse = call.Get(_single),
    };
}

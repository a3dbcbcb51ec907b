using System.CommandLine;
using OneFichier.Cli.Parsing;

namespace OneFichier.Cli.Commands;

/// <summary>The flags of verbs that ask for direct links.</summary>
internal sealed class LinkFlags
{
    /// <summary>What stands for files.</summary>
    public const string Meaning = "a path as 1f:docs/a.txt, a glob as '1f:films/*.mkv', a folder as 1f:docs or id:3357645, or a link";

    private readonly Option<string> _password = Flags.Text("--password", "PASSWORD", "the password of the file or share");
    private readonly Option<bool> _cdn = Flags.Switch("--cdn", "spend CDN credits");
    private readonly Option<string> _restrict = Flags.Choice("--cdn-restrict", "with --cdn, how far a link is bound to the address that asked", "none", "address", "requests");
    private readonly Option<bool> _inline = Flags.Switch("--inline", "a link that shows the file instead of saving it");
    private readonly Option<bool> _single = Flags.Switch("--single", "a link that serves one request only; never remembered");
    private readonly Option<TimeSpan?> _life = Flags.Duration("--min-life", "give a link again that was got before when it can be started with for so long; 5m asks for every one anew", TimeSpan.FromSeconds(10));

    public LinkFlags(Verb verb)
    {
        foreach (var option in (Option[])[_password, _cdn, _restrict, _inline, _single, _life])
            verb.Options.Add(option);
    }

    public TimeSpan LifeOf(Call call) => call.Get(_life) ?? TimeSpan.Zero;

    public DirectLinkOptions Of(Call call) => new()
    {
        Password = call.Get(_password),
        UseCdn = call.Get(_cdn),
        RestrictAddress = call.Get(_restrict) switch { "address" => CdnAddressRestriction.SameAddress, "requests" => CdnAddressRestriction.NoSubRequests, _ => CdnAddressRestriction.None },
        Inline = call.Get(_inline),
        SingleUse = call.Get(_single),
    };
}

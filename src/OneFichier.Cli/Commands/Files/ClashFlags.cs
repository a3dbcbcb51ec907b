using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>The flags that say what to do when a name is taken.</summary>
internal sealed class ClashFlags
{
    private readonly Option<bool> _force = Flags.Switch("--force", "replace what is there", "-f");
    private readonly Option<bool> _keepBoth = Flags.Switch("--keep-both", "keep both; the service allows several files of one name");

    public ClashFlags(Verb verb)
    {
        verb.Options.Add(_force);
        verb.Options.Add(_keepBoth);
    }

    /// <summary>Whether an encrypted remote, which shows one file of a name, may replace it.</summary>
    public bool Replaces(Call call) => Of(call) switch
    {
        NameClash.KeepBoth => throw CliException.Usage("An encrypted remote shows one file of a name.", "Leave --keep-both away, or give --force."),
        var clash => clash == NameClash.Replace,
    };

    public NameClash Of(Call call) => (call.Get(_force), call.Get(_keepBoth)) switch
    {
        (true, true) => throw CliException.Usage("--force and --keep-both exclude each other."),
        (true, _) => NameClash.Replace,
        (_, true) => NameClash.KeepBoth,
        _ => NameClash.Refuse,
    };
}

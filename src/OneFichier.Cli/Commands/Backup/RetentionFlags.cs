using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

/// <summary>restic's flags that say which snapshots are kept.</summary>
internal sealed class RetentionFlags
{
    private readonly Option<long?> _last = Flags.Number("--keep-last", "keep the newest so many snapshots");
    private readonly Option<long?> _hourly = Flags.Number("--keep-hourly", "keep the last of each of so many hours");
    private readonly Option<long?> _daily = Flags.Number("--keep-daily", "the same for days");
    private readonly Option<long?> _weekly = Flags.Number("--keep-weekly", "the same for weeks");
    private readonly Option<long?> _monthly = Flags.Number("--keep-monthly", "the same for months");
    private readonly Option<long?> _yearly = Flags.Number("--keep-yearly", "the same for years");
    private readonly Option<string> _within = Flags.Text("--keep-within", "DURATION", "keep all of so long before the newest, as 14d or 1y6m");
    private readonly Option<string[]> _tags = Flags.Texts("--keep-tag", "TAG", "keep all that have this tag");

    public RetentionFlags(Verb verb)
    {
        foreach (var option in (Option[])[_last, _hourly, _daily, _weekly, _monthly, _yearly, _within, _tags])
            verb.Options.Add(option);
    }

    /// <summary>What is asked for; <see langword="null"/> for nothing.</summary>
    public Retention? Of(Call call)
    {
        var keep = new Retention
        {
            Last = call.Get(_last),
            Hourly = call.Get(_hourly),
            Daily = call.Get(_daily),
            Weekly = call.Get(_weekly),
            Monthly = call.Get(_monthly),
            Yearly = call.Get(_yearly),
            Within = call.Get(_within),
            Tags = call.Get(_tags) is { Length: > 0 } tags ? tags : null,
        };
        return keep.KeepsNothing() ? null : keep;
    }
}

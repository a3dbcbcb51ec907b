using System.CommandLine;
using OneFichier.Cli.Parsing;

namespace OneFichier.Cli.Commands;

/// <summary>A verb that moves whole files: several at once, each listed as it ends, a summary at the end.</summary>
internal abstract class TransferVerb : ChangeVerb
{
    private readonly Option<long?> _transfers = Flags.Number("--transfers", "how many at the same time", 3);

    protected TransferVerb(string name, string summary) : base(name, summary) => Options.Add(_transfers);

    protected int Transfers(Call call) => (int)Math.Clamp(call.Get(_transfers) ?? 3, 1, TransferClient.ConnectionCeiling);
}

internal sealed record SummaryEvent(string Type, int Files, long Bytes, int Unchanged, int Failed);

internal sealed record TransferredEvent(string Type, string Path, string? To, string? Link, long Size, string? Whirlpool, bool Proven);

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneFichier.Governor;

/// <summary>What a ledger needs to know besides where it is.</summary>
public sealed record LedgerOptions
{
    /// <summary>The limits; default <see cref="BudgetRules.Documented"/>. All who share a ledger must use the same.</summary>
    public IReadOnlyList<BudgetRule> Rules { get; init; } = BudgetRules.Documented;

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Names the run of the machine since it was started, within which <see cref="Time"/> is steady. Default: what the kernel says, where it does.</summary>
    public string Boot { get; init; } = MachineClock.ThisBoot;

    /// <summary>Told once when the ledger cannot be kept where it should be.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}

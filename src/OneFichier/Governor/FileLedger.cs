using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace OneFichier.Governor;

/// <summary>
/// A budget for all processes of a user on one machine: a small file that is locked, read, changed and written in place. Where it cannot be kept, as on a full or
/// read-only disk, the budget goes on in memory for this process alone, and a warning says so once.
/// </summary>
public sealed class FileLedger : IBudgetLedger
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "quota.json";

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_gates = new(StringComparer.Ordinal);

    private readonly LedgerOptions _options;
    private readonly SemaphoreSlim _gate;
    private volatile MemoryLedger? _instead;

    /// <summary>A ledger in a folder, which is made when it is missing. Nothing is touched before the first change.</summary>
    /// <param name="folder">Where the file is; readable by its owner only.</param>
    /// <param name="options">Rules, clock and logger.</param>
    public FileLedger(string folder, LedgerOptions? options = null)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), FileName);
        _options = options ?? new();
        _gate = s_gates.GetOrAdd(Path, _ => new(1));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public async ValueTask<T> UpdateAsync<T>(Func<BudgetBook, BudgetInstant, T> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_instead is null && await OpenAsync(cancellationToken).ConfigureAwait(false) is { } opened)
            {
                using (opened)
                    return Update(opened, change);
            }
        }
        finally
        {
            _gate.Release();
        }

        return await _instead!.UpdateAsync(change, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<LedgerFile?> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LedgerFile.OpenAsync(Path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            GoOnInMemory(new BudgetBook(_options.Rules), e);
            return null;
        }
    }

    private T Update<T>(LedgerFile file, Func<BudgetBook, BudgetInstant, T> change)
    {
        var clock = MachineClock.Read(_options.Time, _options.Boot);
        var book = Read(file, clock);
        book.Bury((owner, silence) => owner.IsGone(silence), clock.Instant);
        var result = change(book, clock.Instant);
        if (book.Changed)
            Write(file, clock, book);
        return result;
    }

    private void Write(LedgerFile file, MachineClock clock, BudgetBook book)
    {
        try
        {
            file.Write(LedgerDocument.Write(clock, book));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            GoOnInMemory(book, e);
        }
    }

    private BudgetBook Read(LedgerFile file, MachineClock clock)
    {
        if (file.IsNew)
        {
            var first = new BudgetBook(_options.Rules);
            Write(file, clock, first);
            return first;
        }

        if (LedgerDocument.Read(file.Content, _options.Rules, Path) is not { } document)
        {
            _options.Logger.LogWarning("The request budget in {Path} is damaged; it starts again as if all of it had just been spent", Path);
            return BudgetBook.StartAgain(_options.Rules, clock.Instant);
        }

        if (clock.BeganAnewSince(document.Clock))
        {
            document.Book.Bury((_, _) => true, document.Clock.Instant);
            document.Book.Shift(clock.OffsetFrom(document.Clock));
        }

        return document.Book;
    }

    [MemberNotNull(nameof(_instead))]
    private void GoOnInMemory(BudgetBook book, Exception why)
    {
        _instead = new(book, _options.Time);
        _options.Logger.LogWarning(
            why, "The request budget cannot be kept in {Path}: {Reason} This process goes on alone, so others of the same account may together be too fast", Path, why.Message);
    }
}

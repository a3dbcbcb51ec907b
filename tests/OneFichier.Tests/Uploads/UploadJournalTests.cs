using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Uploads;

public sealed class UploadJournalTests
{
    [Fact]
    public async Task Each_step_is_told_before_it_can_have_an_effect()
    {
        await using var stage = await Stage.StartAsync();
        var journal = new Told(() => stage.Asked("upload.cgi").Count);
        var outcomes = await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100), Pattern.File("b", 200, 2)], new UploadSettings(), new UploadBatchOptions { Journal = journal });

        Assert.Equal(["begin a b, asked 0", "read 2, asked 0", "accepted, asked 1", "settled a b, asked 1"], journal.Lines);
        Assert.Equal(outcomes.Select(o => o.Checksum!.Value), journal.Checksums);
        Assert.Equal(journal.Intent!.Node.Id, journal.Ticket!.ReportId);
    }

    [Fact]
    public async Task An_attempt_that_stored_nothing_is_settled_without_outcomes_and_the_next_has_a_record_of_its_own()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.FailNext(FaultKind.Refuse, "upload.cgi");
        var journal = new Told(() => 0);
        await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings(), new UploadBatchOptions { Journal = journal });

        Assert.Equal(["begin a, asked 0", "read 1, asked 0", "settled , asked 0", "begin a, asked 0", "read 1, asked 0", "accepted, asked 0", "settled a, asked 0"], journal.Lines);
    }

    [Fact]
    public async Task What_cannot_be_noted_is_not_sent()
    {
        await using var stage = await Stage.StartAsync();
        var journal = new Told(() => throw new IOException("No room."));
        var outcome = Assert.Single(await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings(), new UploadBatchOptions { Journal = journal }));

        Assert.Equal("No room.", Assert.IsType<IOException>(outcome.Error).Message);
        Assert.Empty(stage.Asked("upload.cgi"));
    }

    [Fact]
    public async Task A_session_that_is_cancelled_once_it_was_accepted_is_settled()
    {
        await using var stage = await Stage.StartAsync(client: o => o with { Time = new ManualTime() });
        using var stop = new CancellationTokenSource();
        var journal = new Told(() => 0) { OnAccepted = stop.Cancel };
        await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings(), new UploadBatchOptions { Journal = journal }, null, stop.Token);
        Assert.Equal("settled a, asked 0", journal.Lines[^1]);
    }

    [Fact]
    public async Task A_session_that_is_cancelled_before_its_end_has_left_is_settled_and_stores_nothing()
    {
        await using var stage = await Stage.StartAsync();
        using var stop = new CancellationTokenSource();
        var journal = new Told(() => 0) { OnRead = stop.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings(), new UploadBatchOptions { Journal = journal }, null, stop.Token));

        Assert.Equal(["read 1, asked 0", "settled , asked 0"], journal.Lines[^2..]);
        Assert.Empty(stage.Control.Tree().Files);
    }

    private sealed class Told(Func<int> asked) : IUploadJournal, IUploadRecord
    {
        public List<string> Lines { get; } = [];

        public UploadIntent? Intent { get; private set; }

        public IReadOnlyList<WhirlpoolHash> Checksums { get; private set; } = [];

        public UploadTicket? Ticket { get; private set; }

        public Action? OnAccepted { get; init; }

        public Action? OnRead { get; init; }

        public ValueTask<IUploadRecord> BeginAsync(UploadIntent intent, CancellationToken cancellationToken = default)
        {
            Intent = intent;
            Lines.Add($"begin {string.Join(' ', intent.Files.Select(f => f.Name))}, asked {asked()}");
            return new(this);
        }

        public ValueTask ReadAsync(IReadOnlyList<WhirlpoolHash> checksums, CancellationToken cancellationToken = default)
        {
            Checksums = checksums;
            OnRead?.Invoke();
            return Note($"read {checksums.Count}");
        }

        public ValueTask AcceptedAsync(UploadTicket ticket, CancellationToken cancellationToken = default)
        {
            Ticket = ticket;
            OnAccepted?.Invoke();
            return Note("accepted");
        }

        public ValueTask SettledAsync(IReadOnlyList<UploadOutcome> outcomes, CancellationToken cancellationToken = default) =>
            Note($"settled {string.Join(' ', outcomes.Select(o => o.File.Name))}");

        private ValueTask Note(string step)
        {
            Lines.Add($"{step}, asked {asked()}");
            return default;
        }
    }
}

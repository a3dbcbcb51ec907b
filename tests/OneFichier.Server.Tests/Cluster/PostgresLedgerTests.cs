using OneFichier.Governor;
using OneFichier.Sandbox;
using OneFichier.Server.Cluster;
using OneFichier.Server.Store;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Cluster;

public sealed class PostgresLedgerTests : IAsyncLifetime
{
    private static readonly ApiCall s_listing = new("folder/ls", new FolderId(7));

    // Minutes between two steps of a test must change nothing: the database's clock goes on.
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    private readonly List<IDisposable> _open = [];
    private readonly BudgetOwner _me = BudgetOwner.ThisProcess();
    private readonly LogKeeper _log = new();
    private string _address = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Obstacle() is not null, PostgresServer.Obstacle() ?? "");
        _address = await PostgresServer.NewDatabaseAsync();
    }

    public ValueTask DisposeAsync()
    {
        _open.ForEach(d => d.Dispose());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task All_nodes_share_one_budget()
    {
        await SpendAsync(Ledger());
        Assert.InRange(await WaitOfAsync(Ledger()), TimeSpan.FromTicks(1), s_window);
    }

    [Fact]
    public async Task Accounts_have_budgets_of_their_own()
    {
        await SpendAsync(Ledger());
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger(account: "another")));
    }

    [Fact]
    public async Task Nodes_that_come_at_once_to_an_empty_database_make_one_table_and_lose_no_change()
    {
        var nodes = Enumerable.Range(0, 6).Select(_ => Ledger()).ToList();
        await Task.WhenAll(nodes.Select(async ledger =>
        {
            for (var i = 0; i < 10; i++)
                await ledger.UpdateAsync((book, now) => book.TryAcquire(new("file/info"), _me, now), Stop);
        }));
        var users = await Ledger().UpdateAsync((book, now) => book.Snapshot(now).Users, Stop);
        Assert.Equal(60, Assert.Single(users).LastHour);
    }

    [Fact]
    public async Task Several_clients_together_stay_inside_the_documented_limits_of_the_service()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        var clients = Enumerable.Range(0, 4).Select(_ => Open(new FichierClient(new FichierOptions
        {
            Key = ApiKey.Parse(SandboxOptions.DefaultKey),
            ApiBase = sandbox.ApiBase,
            Ledger = Ledger(rules: BudgetRules.Documented),
        }))).ToList();

        await Task.WhenAll(clients.Select(async (client, n) =>
        {
            for (var i = 0; i < 6; i++)
                await client.Folders.CreateAsync($"{n} {i}", FolderId.Root, cancellationToken: Stop);
        }));

        Assert.Equal(0, sandbox.Control.Counters.Floods);
        Assert.Equal(24, sandbox.Control.Counters.Api);
    }

    [Theory]
    [InlineData("-1 day")]
    [InlineData("1 day")]
    public async Task A_database_whose_clock_is_set_changes_no_wait_of_a_node_that_saw_it_before(string step)
    {
        await ClockThatCanBeSetAsync();
        var node = Ledger();
        await SpendAsync(node);
        await PostgresServer.RunAsync(_address, $"UPDATE public.step SET by = '{step}'");
        Assert.InRange(await WaitOfAsync(node), TimeSpan.FromTicks(1), s_window + TimeSpan.FromSeconds(1));
        Assert.InRange(await WaitOfAsync(Ledger()), TimeSpan.FromTicks(1), s_window + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_clock_set_back_makes_nobody_wait_for_the_calendar_to_catch_up()
    {
        await ClockThatCanBeSetAsync();
        await SpendAsync(Ledger());
        await PostgresServer.RunAsync(_address, "UPDATE public.step SET by = '-1 day'");
        Assert.InRange(await WaitOfAsync(Ledger()), TimeSpan.FromTicks(1), s_window);
        await PostgresServer.RunAsync(_address, "UPDATE public.step SET by = '-1 day'::interval + '61 minutes'");
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger()));
    }

    [Fact]
    public async Task A_node_that_fell_silent_in_the_middle_of_a_call_is_buried()
    {
        await ClockThatCanBeSetAsync();
        await StandStillAsync();
        var elsewhere = _me with { Place = "another machine" };
        await Ledger().UpdateAsync((book, now) => book.TryAcquire(s_listing, elsewhere, now), Stop);
        await PostgresServer.RunAsync(_address, "UPDATE public.step SET by = by + '149 seconds'");
        Assert.Equal(s_window, await WaitOfAsync(Ledger()));
        await PostgresServer.RunAsync(_address, "UPDATE public.step SET by = by + '2 seconds'");
        Assert.Equal(s_window - TimeSpan.FromSeconds(151), await WaitOfAsync(Ledger()));
    }

    [Fact]
    public async Task A_dead_process_of_the_same_machine_is_buried_at_once()
    {
        await ClockThatCanBeSetAsync();
        await Ledger().UpdateAsync((book, now) => book.TryAcquire(s_listing, _me with { Started = _me.Started - 1 }, now), Stop);
        await PostgresServer.RunAsync(_address, "UPDATE public.step SET by = '61 minutes'");
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger()));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_made_again_and_nothing_spent_is_forgotten()
    {
        var node = Ledger();
        await SpendAsync(node);
        await PostgresServer.RunAsync(_address, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        Assert.InRange(await WaitOfAsync(node), TimeSpan.FromTicks(1), s_window);
    }

    [Fact]
    public async Task A_change_that_throws_changes_nothing()
    {
        var ledger = Ledger();
        await Assert.ThrowsAsync<NotSupportedException>(async () => await ledger.UpdateAsync<int>((book, now) =>
        {
            book.TryAcquire(s_listing, _me, now);
            throw new NotSupportedException();
        }));
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(ledger));
    }

    [Fact]
    public async Task A_damaged_row_counts_as_a_budget_just_spent()
    {
        await SpendAsync(Ledger());
        await PostgresServer.RunAsync(_address, "UPDATE fichier_budget SET book = '[1,2]'");
        Assert.Equal(s_window, await WaitOfAsync(Ledger(), 8));
        Assert.Contains("damaged", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_a_newer_version_is_refused_and_left_alone()
    {
        await SpendAsync(Ledger());
        await PostgresServer.RunAsync(_address, "UPDATE fichier_budget SET version = 2");
        var e = await Assert.ThrowsAsync<FichierException>(() => SpendAsync(Ledger()));
        Assert.Contains("newer fichier", e.Message, StringComparison.Ordinal);
        Assert.Equal("2", await PostgresServer.RunAsync(_address, "SELECT version FROM fichier_budget"));
    }

    [Fact]
    public async Task Without_the_database_nothing_is_allowed_and_the_password_is_not_told()
    {
        var nowhere = Open(new ClusterDatabase(ClusterAddress.Parse("Host=/nowhere;Username=u;Password=very-secret;Database=d")) { Patience = TimeSpan.Zero });
        var e = await Assert.ThrowsAsync<ClusterUnavailableException>(() => SpendAsync(Open(new PostgresLedger(nowhere, "one"))));
        Assert.DoesNotContain("very-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_refuses_the_password_is_not_asked_again_and_again()
    {
        var refused = Open(new ClusterDatabase(ClusterAddress.Parse(_address.Replace("Password=", "Password=wrong", StringComparison.Ordinal))));
        var e = await Assert.ThrowsAsync<FichierException>(() => SpendAsync(Open(new PostgresLedger(refused, "one"))));
        Assert.Contains("refuses", e.Message, StringComparison.Ordinal);
    }

    private T Open<T>(T resource) where T : IDisposable
    {
        _open.Add(resource);
        return resource;
    }

    /// <summary>A node of the cluster, with connections and memory of its own.</summary>
    private PostgresLedger Ledger(string account = "one", IReadOnlyList<BudgetRule>? rules = null) =>
        Open(new PostgresLedger(Open(new ClusterDatabase(ClusterAddress.Parse(_address))), account, new()
        {
            Rules = rules ?? [.. BudgetRules.Documented.Where(r => r.PerFolder).Select(r => r with { Window = s_window })],
            Logger = _log,
        }));

    /// <summary>Puts a function in front of PostgreSQL's own clock.</summary>
    private Task ClockThatCanBeSetAsync() => PostgresServer.RunAsync(_address, """
        CREATE TABLE public.step (by interval NOT NULL);
        INSERT INTO public.step VALUES ('0');
        CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql AS 'SELECT pg_catalog.clock_timestamp() + by FROM public.step';
        DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET search_path = public, pg_catalog'; END $$;
        """);

    /// <summary>From now on that clock moves only when it is set, by setting it further.</summary>
    private Task StandStillAsync() => PostgresServer.RunAsync(_address, """
        DO $$ BEGIN
            EXECUTE format('CREATE OR REPLACE FUNCTION public.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql AS %L', format('SELECT %L::timestamptz + by FROM public.step', pg_catalog.clock_timestamp()));
        END $$;
        """);

    private async Task SpendAsync(PostgresLedger ledger)
    {
        var permit = await ledger.UpdateAsync((book, now) => book.TryAcquire(s_listing, _me, now).Permit, Stop);
        Assert.NotNull(permit);
        await ledger.UpdateAsync(
            (book, now) =>
            {
                book.Complete(permit, BudgetOutcome.Done, now);
                return 0;
            },
            Stop);
    }

    private async Task<TimeSpan> WaitOfAsync(PostgresLedger ledger, int folder = 7) => await ledger.UpdateAsync(
        (book, now) =>
        {
            var decision = book.TryAcquire(new("folder/ls", new FolderId(folder)), _me, now);
            return decision.IsGranted ? TimeSpan.Zero : decision.Refusal.NotBefore - now.Elapsed;
        },
        Stop);
}

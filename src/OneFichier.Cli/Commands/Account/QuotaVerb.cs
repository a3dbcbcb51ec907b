using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Governor;

namespace OneFichier.Cli.Commands;

internal sealed class QuotaVerb : Verb
{
    public QuotaVerb() : base("quota", "Show the request budget: what is left, what is locked until when, who used it.")
    {
        Details = "The budget is shared by all processes of this user that work with the same key. Showing it costs no request.";
        Examples = [new("fichier quota", "for a person"), new("fichier quota --json", "for a program; windows are in seconds")];
        Exits = [ExitCodes.Key];
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = await Session.OpenAsync(call, cancellationToken);
        var budget = await session.Client.Budget.SnapshotAsync(cancellationToken);
        if (call.Screen.Json)
            call.Screen.Document([.. budget.Rules.Select(RuleShape.Of)], JsonShapes.Default.RuleShapeArray);
        else
            Print(call.Screen, budget);

        return ExitCodes.Done;
    }

    private static void Print(Screen screen, BudgetSnapshot budget)
    {
        var width = budget.Rules.Max(r => r.Name.Length);
        foreach (var rule in budget.Rules)
            screen.Line($"{rule.Name.PadRight(width)}  {rule.Used} of {rule.Limit} in {Units.Duration(rule.Window)}{Until(", free at", rule.FreeAt)}{Until(", locked until", rule.LockedUntil)}");

        foreach (var held in budget.Locks)
            screen.Line($"locked until {held.Until.ToLocalTime():HH:mm:ss}: {screen.Shown(held.Cause)} ({(held.Endpoints.Count == 0 ? "everything" : string.Join(", ", held.Endpoints))})");

        foreach (var user in budget.Users)
            screen.Line($"used by {screen.Shown(user.Name)} (process {user.Pid}): {user.LastHour} calls within the last hour, {user.InFlight} under way");

        foreach (var waiter in budget.Waiting)
            screen.Line($"waiting: {screen.Shown(waiter.Name)} (process {waiter.Pid}), {waiter.Count} × {waiter.Call.Endpoint} until {waiter.Until.ToLocalTime():HH:mm:ss}: {waiter.Why}");
    }

    private static string Until(string words, DateTimeOffset? moment) => moment is { } at ? $"{words} {at.ToLocalTime():HH:mm:ss}" : "";
}

internal sealed record RuleShape(string Name, int Limit, double Window, int Used, DateTimeOffset? FreeAt, DateTimeOffset? LockedUntil)
{
    public static RuleShape Of(BudgetRuleState rule) => new(rule.Name, rule.Limit, rule.Window.TotalSeconds, rule.Used, rule.FreeAt, rule.LockedUntil);
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier token</c>: keys to the gateways, each for one folder and one purpose.</summary>
internal static class TokenVerbs
{
    public static VerbGroup Group() => new("token", "Issue, list and revoke keys to the gateways, and read what each did.") { new TokenIssueVerb(), new TokenLsVerb(), new TokenRevokeVerb(), new TokenLogVerb() };
}

internal sealed class TokenLsVerb : Verb
{
    private readonly Option<bool> _all = Flags.Switch("--all", "the revoked and the ended too");

    public TokenLsVerb() : base("ls", "List tokens, and what each may do and has used.")
    {
        Examples = [new("fichier token ls", "those that work"), new("fichier token ls --all --json", "all there ever were, for a program")];
        Options.Add(_all);
    }

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var state = new GatewayState(call);
        var (meters, now) = (state.Meters(), call.Time.GetUtcNow());
        var tokens = state.Tokens().All().Where(t => call.Get(_all) || t.IsAlive(now)).Select(t => TokenShape.Of(t, meters.UsedBy(t.Id), now)).ToArray();
        if (call.Screen.Json)
            call.Screen.Document(tokens, JsonShapes.Default.TokenShapeArray);
        else
            Print(call.Screen, tokens);

        return Task.FromResult(ExitCodes.Done);
    }

    private static void Print(Screen screen, TokenShape[] tokens)
    {
        if (tokens.Length == 0)
            screen.Note("There is no token. Make one: fichier token issue --help");

        foreach (var token in tokens)
        {
            var faces = token.Faces.Count == 0 ? "all faces" : string.Join(',', token.Faces);
            var used = Units.Size(token.Up + token.Down) + (token.Budget is { } budget ? $" of {Units.Size(budget)}" : "");
            var end = token.State == "alive" ? token.Expires is { } expires ? $"until {expires:yyyy-MM-dd HH:mm zzz}" : "for ever" : token.State;
            var from = token.Networks.Count == 0 ? "" : $"  from {string.Join(',', token.Networks)}";
            screen.Line($"{token.Id}  {token.User,-16}  {token.Scope,-6}  {screen.Shown((token.Remote is null ? "" : token.Remote + ":") + token.Path)}  {faces}  {end}  used {used}{from}");
        }
    }
}

internal sealed class TokenRevokeVerb : Verb
{
    private readonly Argument<string[]> _names = new("TOKEN") { Description = "its id or its user name", Arity = ArgumentArity.OneOrMore };

    public TokenRevokeVerb() : base("revoke", "End tokens, at once and everywhere.")
    {
        Details = "Servers that run see it at the next request. What the token did stays on record.";
        Examples = [new("fichier token revoke nas", "the token of that name"), new("fichier token revoke k7qm2x9a", "by its id")];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_names);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var tokens = new GatewayState(call).Tokens();
        foreach (var name in call.Get(_names))
        {
            if (call.Globals.DryRun)
            {
                call.Screen.Note($"Would revoke {Escaping.Visible(name)}.");
                continue;
            }

            var revoked = await tokens.RevokeAsync(name, cancellationToken)
                ?? throw new CliException(ExitCodes.Failed, $"There is no living token '{Escaping.Visible(name)}'.", "See: fichier token ls");
            if (call.Screen.Json)
                call.Screen.Event(new TokenRevokedShape(revoked.Id, revoked.User, revoked.Revoked!.Value), JsonShapes.Default.TokenRevokedShape);
            else
                call.Screen.Note($"Revoked {revoked}.");
        }

        return ExitCodes.Done;
    }
}

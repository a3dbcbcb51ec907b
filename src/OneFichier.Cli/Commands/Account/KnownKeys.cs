using OneFichier.Cli.Parsing;

namespace OneFichier.Cli.Commands;

/// <summary>The keys this machine uses, to be found wherever they stand.</summary>
internal static class KnownKeys
{
    /// <summary>The stored keys of all accounts, and that of the environment; one that cannot be read is told and left out.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, ApiKey>>> OfAsync(Call call, CancellationToken cancellationToken)
    {
        var keys = Session.KeysOf(call);
        var known = new List<KeyValuePair<string, ApiKey>>();
        foreach (var account in call.Config.Accounts.Keys.Append(call.Globals.Account).Distinct(StringComparer.Ordinal))
        {
            try
            {
                if (call.Config.Accounts.ContainsKey(account) && await keys.FindStoredAsync(account, cancellationToken) is { } stored)
                    known.Add(new($"account '{account}'", stored.Key));
                if (account == call.Globals.Account && await keys.FindAsync(account, isRunsOwn: true, cancellationToken) is { IsStored: false } given)
                    known.Add(new(given.Found.Origin, given.Key));
            }
            catch (FichierKeyException e)
            {
                call.Screen.Warn(e.Message);
            }
        }

        return [.. known.DistinctBy(k => k.Value)];
    }
}

using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Keys;

namespace OneFichier.Cli.Commands;

/// <summary>Takes over a new key: what <c>login</c> and <c>key rotate</c> share.</summary>
internal static class KeyChange
{
    /// <summary>Shows what is odd about a key, and proves that it works; until it does, nothing changes.</summary>
    public static async Task ProveAsync(Call call, AccountKey key, AccountKey? old, CancellationToken cancellationToken)
    {
        call.Screen.Redactor.Hide(key.Key.Reveal());
        var folder = await new AccountFolder(call.Places.StateFolder).ForProofAsync(key, old, Session.ApiBase(), cancellationToken);
        using var session = await Session.OpenAsync(call, key with { ProvenIn = folder }, cancellationToken);
        await session.ProveAsync(cancellationToken);
    }

    /// <summary>Stores a key. The secret goes first and the record of it second, so that a kill between the two leaves what was there before. Last, the folder of the account is the key's.</summary>
    public static async Task<int> StoreAsync(Call call, string account, FoundKey found, CancellationToken cancellationToken)
    {
        var vault = Session.KeysOf(call).Vault;
        var store = await vault.BestAsync(cancellationToken);
        if (!call.Globals.DryRun)
        {
            var record = new AccountRecord(found.Key.Fingerprint, store.Name, call.Time.GetUtcNow());
            await store.SaveAsync(account, found.Key.Reveal(), cancellationToken);
            await call.ConfigStore.ChangeAsync(c => c.With(account, record), cancellationToken);
            await vault.RemoveAsync(account, except: store, cancellationToken);
            await new AccountFolder(call.Places.StateFolder).ResolveAsync(new AccountKey(account, found, IsStored: true), Session.ApiBase(), cancellationToken);
        }

        if (call.Screen.Json)
            call.Screen.Document(new KeyShape(account, found.Key.ToString(), found.Key.Fingerprint, store.Name, Stored: !call.Globals.DryRun), JsonShapes.Default.KeyShape);
        else
            call.Screen.Note($"{(call.Globals.DryRun ? "Would store" : "Stored")} the key {found.Key} of account '{account}': {store.Describe(account)}.");

        return ExitCodes.Done;
    }

    /// <summary>Puts a key in the place of another in the file the environment names; its rights stay as they are.</summary>
    public static async Task ReplaceAsync(Call call, AccountKey old, FoundKey found, string file, CancellationToken cancellationToken)
    {
        if (call.Globals.DryRun)
            return;

        var path = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
        try
        {
            UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);
            await PrivateFile.ReplaceAsync(path, System.Text.Encoding.ASCII.GetBytes(found.Key.Reveal() + "\n"), cancellationToken);
            if (mode is { } rights && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, rights);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"The new key works, but '{path}' cannot be changed: {e.Message}", "Put the new key where that file comes from; what is remembered of the account is kept.");
        }
        finally
        {
            await new AccountFolder(call.Places.StateFolder).HandOverAsync(old, found.Key, Session.ApiBase(), cancellationToken);
        }
    }
}

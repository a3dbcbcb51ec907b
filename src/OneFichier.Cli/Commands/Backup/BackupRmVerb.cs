using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class BackupRmVerb : Verb
{
    private readonly Argument<string> _name = BackupVerbs.Name();

    public BackupRmVerb() : base("rm", "Forget a backup set and its password here; what is stored stays.")
    {
        Details = "The repository is not touched. Its password is forgotten too: have it written down (fichier backup password NAME), or the backup is lost.";
        Examples = [new("fichier backup rm laptop", "asks first")];
        Arguments.Add(_name);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var set = BackupSet.Named(call, call.Get(_name));
        if (call.Globals.DryRun)
        {
            call.Screen.Note($"Would forget the backup set '{set.Name}'.");
            return ExitCodes.Done;
        }

        Confirmation.Require(call, $"The password of '{set.Name}' is forgotten here; without it the backup at {Escaping.Visible(set.Record.Repository)} cannot be read. Go ahead?", always: true);
        await call.ConfigStore.ChangeAsync(c => c.WithoutBackup(set.Name), cancellationToken);
        await Session.BackupsOf(call).RemoveAsync(set.Name, cancellationToken);
        foreach (var folder in (string[])[set.StateFolder(call), set.CacheFolder(call)])
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        if (call.Screen.Json)
            call.Screen.Event(new BackupRemovedShape("removed", set.Name, set.Record.Repository), JsonShapes.Default.BackupRemovedShape);
        else
            call.Screen.Note($"Forgot the backup set '{set.Name}'. Its repository stays at {Escaping.Visible(set.Record.Repository)}.");
        return ExitCodes.Done;
    }
}

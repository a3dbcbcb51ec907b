using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class BackupPasswordVerb : Verb
{
    private readonly Argument<string> _name = BackupVerbs.Name();

    public BackupPasswordVerb() : base("password", "Print the password of a backup set's repository, to be written down.")
    {
        Details = "Without it nobody can read the backup. Keep it away from this machine: on paper, or in a password manager.";
        Examples = [new("fichier backup password laptop", "look at it"), new("RESTIC_PASSWORD=$(fichier backup password laptop) restic …", "for restic itself")];
        Exits = [ExitCodes.Key];
        Arguments.Add(_name);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var set = BackupSet.Named(call, call.Get(_name));
        var password = await Session.BackupsOf(call).RequireAsync(set.Name, set.Record, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Document(new BackupPasswordShape(set.Name, password), JsonShapes.Default.BackupPasswordShape);
        else
            call.Screen.Line(password);
        return ExitCodes.Done;
    }
}

using System.Reflection;
using System.Runtime.InteropServices;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class VersionVerb : Verb
{
    public VersionVerb() : base("version", "Say which fichier this is.") =>
        Examples = [new("fichier version", "version and platform"), new("fichier version --json", "the same for a program")];

    public static string Number => typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var shape = new VersionShape(Number, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier, RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
        if (call.Screen.Json)
            call.Screen.Document(shape, JsonShapes.Default.VersionShape);
        else
            call.Screen.Line($"fichier {shape.Version} ({shape.Os}, {shape.Runtime})");

        return Task.FromResult(ExitCodes.Done);
    }
}

namespace OneFichier.Cli.Tests.Trees;

internal static class Programs
{
    /// <summary>What starts the program that was built with these tests.</summary>
    public static IReadOnlyList<string> Fichier { get; } = ["dotnet", "exec", Desk.Program];
}

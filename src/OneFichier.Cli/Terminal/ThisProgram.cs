namespace OneFichier.Cli.Terminal;

/// <summary>How this program is started again.</summary>
internal static class ThisProgram
{
    /// <summary>What is started.</summary>
    public static string File => Environment.ProcessPath!;

    /// <summary>What stands before its arguments: where it is run by <c>dotnet</c>, the assembly.</summary>
    public static IReadOnlyList<string> Prefix =>
        Path.GetFileNameWithoutExtension(File) == "dotnet" ? ["exec", Environment.GetCommandLineArgs()[0]] : [];
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class CompletionVerb : Verb
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = "fichier.bash",
        ["zsh"] = "_fichier",
        ["fish"] = "fichier.fish",
        ["pwsh"] = "fichier.ps1",
    };

    private readonly Argument<string> _shell = new("bash|zsh|fish|pwsh") { Description = "the shell to complete in" };

    public CompletionVerb() : base("completion", "Print the script that completes verbs, flags and paths in a shell.")
    {
        Examples =
        [
            new("source <(fichier completion bash)", "in this bash"),
            new("fichier completion bash > ~/.local/share/bash-completion/completions/fichier", "in every bash"),
            new("fichier completion zsh > \"${fpath[1]}/_fichier\"", "in every zsh"),
            new("fichier completion fish > ~/.config/fish/completions/fichier.fish", "in every fish"),
            new("fichier completion pwsh | Out-String | Invoke-Expression", "in this PowerShell"),
        ];
        _shell.CompletionSources.Add([.. Scripts.Keys]);
        Arguments.Add(_shell);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var shell = call.Get(_shell);
        if (!Scripts.TryGetValue(shell, out var name))
            throw CliException.Usage($"There is no completion for '{Escaping.Visible(shell)}'.", $"There is one for {string.Join(", ", Scripts.Keys)}.");

        await using var script = typeof(CompletionVerb).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(script);
        call.Screen.Out.Write(await reader.ReadToEndAsync(cancellationToken));
        return ExitCodes.Done;
    }
}

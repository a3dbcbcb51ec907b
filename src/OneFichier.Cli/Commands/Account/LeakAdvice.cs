using OneFichier.Server.Leaks;

namespace OneFichier.Cli.Commands;

/// <summary>What to do about keys that lie open, in the order that matters.</summary>
internal static class LeakAdvice
{
    public static IEnumerable<string> For(IReadOnlyList<FoundLeak> found)
    {
        if (found.Count == 0)
            yield break;

        if (found.All(f => f.Place == LeakPlace.Staged))
        {
            yield return "Take it out of the file and stage that (git restore --staged FILE undoes the staging); keep the key with: fichier login. If it is no key, add fichier:allow to the line.";
            yield break;
        }

        yield return $"1. Make a new key and see that the old one ends: {ApiKey.PageUrl}; then: fichier key rotate. Only that helps against copies made by others.";
        yield return "2. Take the key out of the files: keep it with fichier login, give it by FICHIER_API_KEY_FILE, or give programs tokens of their own: fichier token issue";
        if (found.Any(f => f.Place is LeakPlace.History or LeakPlace.Message))
        {
            yield return "3. Take it out of the history: git filter-repo --replace-text FILE (FILE holds the key), or --replace-message; then push with --force, have others clone anew, and drop what is left:"
                + " git reflog expire --expire=now --all && git gc --prune=now. Forks and caches keep it all the same.";
        }

        if (found.Any(f => Path.GetFileName(f.Path).Contains("hist", StringComparison.OrdinalIgnoreCase)))
            yield return "In the history of a shell: history -d NUMBER && history -w, with the shell that wrote it; a line that begins with a blank is not remembered where HISTCONTROL=ignorespace.";
        yield return "What is no key: add fichier:allow to the line, or its fingerprint to the file .fichier-allow at the root.";
    }
}

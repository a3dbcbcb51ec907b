using System.Runtime.CompilerServices;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Keys;
using OneFichier.Server.Leaks;

namespace OneFichier.Cli.Commands;

/// <summary>The report of <c>fichier key advise</c>.</summary>
internal sealed class KeyReport(Call call)
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(365);
    private static readonly string[] Variables = ["FICHIER_API_KEY", "RCLONE_FICHIER_API_KEY"];

    private readonly string _home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    public async IAsyncEnumerable<AdviceShape> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var advice in Kept())
            yield return advice;

        foreach (var advice in Environments())
            yield return advice;

        var known = await KnownKeys.OfAsync(call, cancellationToken);
        foreach (var (subject, files, why, remedy) in Places())
        {
            var found = await FindAsync(known, files, histories: false, cancellationToken);
            if (found.Count == 0)
                yield return new AdviceShape(subject, AdviceShape.Good, "no key found");
            foreach (var leak in found)
                yield return new AdviceShape(subject, AdviceShape.Serious, $"{leak.Path}:{leak.Leak.Line} holds {leak.Leak.Key}{Readers(leak.Path)}", why, remedy);
        }

        foreach (var leak in await LeakRepository.EnclosingAsync(Environment.CurrentDirectory, cancellationToken) is { } root ? await FindAsync(known, [root], histories: true, cancellationToken) : [])
            yield return OfFolder(leak);

        foreach (var advice in OnTheService())
            yield return advice;
    }

    private IEnumerable<AdviceShape> Kept()
    {
        var keys = Session.KeysOf(call);
        foreach (var (name, record) in call.Config.Accounts)
        {
            yield return new AdviceShape("store", AdviceShape.Good, $"account '{name}': {keys.Vault.Named(record.Store)?.Describe(name) ?? $"a store that is not known here: {record.Store}"}");
            if (record.Store == "file" && Environment.GetEnvironmentVariable("FICHIER_PASSPHRASE") is null or "")
                yield return new AdviceShape("store", AdviceShape.Hint, $"account '{name}': no passphrase", "Whoever copies both config and state folder can open the key.", "Set FICHIER_PASSPHRASE where you log in and run, or use the desktop's secret service.");

            var age = call.Time.GetUtcNow() - record.Created;
            yield return age > Old
                ? new AdviceShape("age", AdviceShape.Warning, $"account '{name}': stored {age.TotalDays:0} days ago", "A key that leaked unseen works until it is changed.", $"Make a new one at {ApiKey.PageUrl}, then: fichier key rotate --account {name}")
                : new AdviceShape("age", AdviceShape.Good, $"account '{name}': stored {age.TotalDays:0} days ago");
        }

        if (Environment.GetEnvironmentVariable("FICHIER_API_KEY_FILE") is { Length: > 0 } file)
            yield return OfKeyFile(file);
        else if (call.Config.Accounts.Count == 0)
            yield return new AdviceShape("store", AdviceShape.Hint, "no key is stored here", "A key that is stored is encrypted, and no other program is given it.", "Run: fichier login");
    }

    private static AdviceShape OfKeyFile(string file) =>
        !File.Exists(file) ? new AdviceShape("keyFile", AdviceShape.Warning, $"FICHIER_API_KEY_FILE names '{file}', which is not there", "", "Make it, or unset the variable.")
        : SecretFile.IsOpenToOthers(file) ? new AdviceShape("keyFile", AdviceShape.Serious, $"others may read '{file}'", "Every user of this machine can use the account.", $"Run: chmod 600 '{file}'")
        : new AdviceShape("keyFile", AdviceShape.Good, $"'{file}' is readable by {SecretFile.Readers(file)}");

    private static IEnumerable<AdviceShape> Environments()
    {
        foreach (var variable in Variables.Where(v => Environment.GetEnvironmentVariable(v) is { Length: > 0 }))
        {
            yield return new AdviceShape("environment", AdviceShape.Warning, $"{variable} is set", "Every program started from here is given the key, and crash reports and `docker inspect` show it.",
                "Run fichier login and unset it, or give the file that holds it: FICHIER_API_KEY_FILE.");
        }

        var carriers = OwnProcesses.WithVariable(Variables);
        yield return carriers.Count == 0
            ? new AdviceShape("processes", AdviceShape.Good, "no other running process of yours has the key in its environment")
            : new AdviceShape("processes", AdviceShape.Warning, $"{carriers.Count} running processes of yours have a key in their environment: {string.Join(", ", carriers.Take(5))}", "Whatever can read /proc of these (debuggers, helpers, your other programs) has the key.",
                "Start them with FICHIER_API_KEY_FILE, or with the stored key.");
    }

    private IEnumerable<(string Subject, IEnumerable<string> Files, string Why, string Remedy)> Places()
    {
        yield return ("shellStart", HomeFiles.StartsIn(_home), "Every program of every session is given it.", "Take the line out, and run: fichier login");
        yield return ("history", HomeFiles.HistoriesIn(_home, Environment.GetEnvironmentVariable), "What was typed is kept, backed up, and read by whatever reads your home.", "Remove the line (history -d NUMBER && history -w); then make a new key: fichier key rotate");
        yield return ("programs", HomeFiles.SettingsIn(_home, Environment.GetEnvironmentVariable), "It lies there in plain text, and opens all of the account.", "Give the program a token of its own (fichier token issue) and our gateway: fichier config export rclone");
        yield return ("logs", Logs(), "Logs are sent around and kept for long.", "Remove the file, make a new key (fichier key rotate), and keep -vv of other programs (rclone --dump headers) out of logs.");
    }

    private IEnumerable<string> Logs()
    {
        var folders = new[] { call.Places.StateFolder, Path.Combine(_home, ".cache", "rclone"), call.Globals.LogFile is { } log ? Path.GetDirectoryName(Path.GetFullPath(log)) : null };
        return folders.OfType<string>().Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.log*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })).Distinct(StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<FoundLeak>> FindAsync(IReadOnlyCollection<KeyValuePair<string, ApiKey>> known, IEnumerable<string> paths, bool histories, CancellationToken cancellationToken) =>
        await new LeakScan(new LeakDetector(known), new LeakScanOptions { Paths = [.. paths], Histories = histories }).RunAsync(cancellationToken);

    private static string Readers(string path) => SecretFile.IsOpenToOthers(path) ? ", and others may read that file" : "";

    private static AdviceShape OfFolder(FoundLeak leak) => leak.Place switch
    {
        LeakPlace.File when leak.IsIgnored => new AdviceShape("folder", AdviceShape.Warning, $"{leak.Path}:{leak.Leak.Line} holds {leak.Leak.Key}; git leaves the file alone{Readers(leak.Path)}", "It is in plain text, and in every backup of this folder.", "Put FICHIER_API_KEY_FILE there instead."),
        LeakPlace.File => new AdviceShape("folder", AdviceShape.Serious, $"{leak.Path}:{leak.Leak.Line} holds {leak.Leak.Key}, and no .gitignore covers it{Readers(leak.Path)}", "The next git add takes it along.", $"Take it out, or: echo {Path.GetFileName(leak.Path)} >> .gitignore; and let git look before each commit: fichier key scan --install-hook"),
        _ => new AdviceShape("folder", AdviceShape.Serious, $"{leak.Path}:{leak.Leak.Line} holds {leak.Leak.Key} in the history of git (commit {leak.Commit?[..12] ?? "none that can be reached"})", "Whoever has the repository has the key, also after it was taken out of the file.", "Make a new key (fichier key rotate), then clean the history: see fichier key scan"),
    };

    private static IEnumerable<AdviceShape> OnTheService()
    {
        yield return new AdviceShape("restriction", AdviceShape.Hint, $"restrict the key to your addresses at {ApiKey.PageUrl}", "A key that leaks is then of use from your addresses only, but for uploads: on the upload endpoint the restrictions on addresses and countries are not applied.",
            "Set the addresses of your machines there; behind a changing address restrict by country. Do not take that for protection against uploads.");
        yield return new AdviceShape("tokens", AdviceShape.Hint, "give programs and devices tokens, not the key", "A token opens one folder as far as it must, ends when you say so, and each use is on record.", "fichier token issue --name nas --scope append --path 1f:backup --face webdav; then: fichier config export rclone");
        yield return new AdviceShape("one", AdviceShape.Hint, "use one key a person, and one program at a time that is not fichier", "All that use a key share its limits; others do not know of each other, and the key is locked for flooding.", "Let them go through the gateways of fichier, which share one budget: fichier quota");
    }
}

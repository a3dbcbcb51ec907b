using System.CommandLine;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Store;

namespace OneFichier.Cli.Parsing;

/// <summary>
/// The cluster a run belongs to: for the verbs that take part in its work by flag, for all by <c>FICHIER_CLUSTER</c> or <c>FICHIER_CLUSTER_FILE</c>, so that everything a node does
/// spends the one request budget.
/// </summary>
internal static class ClusterFlags
{
    public const string Variable = "FICHIER_CLUSTER";
    public const string FileVariable = "FICHIER_CLUSTER_FILE";

    private static readonly Option<string> Address = Flags.Text("--cluster", "CONN", "the PostgreSQL database of the cluster; a password belongs into FICHIER_CLUSTER or a file, since arguments are seen by all users");
    private static readonly Option<string> AddressFile = Flags.Text("--cluster-file", "FILE", "a file that holds CONN, readable by its owner only");

    public static void AddTo(Verb verb)
    {
        verb.Options.Add(Address);
        verb.Options.Add(AddressFile);
    }

    /// <summary>The cluster, or nothing.</summary>
    public static ClusterAddress? Of(Call call)
    {
        if (Text(call) is not { Length: > 0 } text)
            return null;

        call.Screen.Redactor.Hide(text.Trim());
        try
        {
            var address = ClusterAddress.Parse(text);
            call.Screen.Redactor.Hide(address.Password);
            if (address.Password is not null && Environment.GetCommandLineArgs().Any(a => a.Contains(address.Password, StringComparison.Ordinal)))
                call.Screen.Warn("The password of the cluster stands in the arguments, where every user of this machine can read it. Use FICHIER_CLUSTER or --cluster-file.");

            return address;
        }
        catch (ArgumentException e)
        {
            throw CliException.Usage(e.Message);
        }
    }

    /// <summary>How long a cluster that does not answer is waited for.</summary>
    public static TimeSpan Patience(Call call) => call.Globals.MaxWait < ClusterDatabase.DefaultPatience ? call.Globals.MaxWait : ClusterDatabase.DefaultPatience;

    private static string? Text(Call call)
    {
        if (call.Get(Address) is { Length: > 0 } given)
            return given;

        if (call.Get(AddressFile) is { Length: > 0 } file)
            return FromFile(call, file);

        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text
            : Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } named ? FromFile(call, named)
            : null;
    }

    private static string FromFile(Call call, string file)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None)
                call.Screen.Warn($"Others can read {file}, which may hold the password of the cluster: chmod 600 {file}");

            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"--cluster-file: {e.Message}");
        }
    }
}

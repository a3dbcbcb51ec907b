using System.Diagnostics;

namespace OneFichier.Testing;

/// <summary>
/// A real PostgreSQL of this test run's own: in a temporary folder, on a socket there, asking for a password. It is started by the first test that wants it, shared by the others,
/// and ends and removes itself with this process, however that ends.
/// </summary>
public static class PostgresServer
{
    private const string User = "fichier";
    private const string Password = "only-for-tests-4711";

    // The server runs as long as the shell's standard input stays open. PostgreSQL refuses to be root.
    private const string Script = """
        dir=$1 bin=$2
        printf %s "$3" >"$dir/password"
        "$bin/initdb" -D "$dir/data" -U "$4" -A scram-sha-256 --pwfile="$dir/password" -E UTF8 --locale=C.UTF-8 -N >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
        "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c max_connections=200 -c log_min_messages=log >&2 &
        server=$!
        read -r _
        kill -INT "$server"
        wait "$server"
        rm -rf "$dir"
        """;

    private static readonly Lazy<Task<string>> s_socket = new(StartAsync);

    private static int s_databases;
    private static Process? s_server;

    /// <summary>Why there can be none here; <see langword="null"/> when there can.</summary>
    public static string? Obstacle() =>
        !OperatingSystem.IsLinux() ? "the tests know how to start PostgreSQL on Linux only"
        : Programs() is null ? "PostgreSQL is not installed"
        : Environment.IsPrivilegedProcess && !File.Exists("/usr/sbin/runuser") ? "PostgreSQL does not run as root, and runuser is not installed"
        : null;

    /// <summary>Makes an empty database and gives its address.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var socket = await s_socket.Value;
        var name = $"test{Interlocked.Increment(ref s_databases)}";
        await RunAsync(socket, "postgres", $"CREATE DATABASE {name}");
        return $"Host={socket};Username={User};Password={Password};Database={name}";
    }

    /// <summary>Runs statements in a database by psql, as its administrator would, and gives what they print.</summary>
    public static async Task<string> RunAsync(string address, string statements)
    {
        var parts = address.Split(';').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        return await RunAsync(parts["Host"], parts["Database"], statements);
    }

    private static async Task<string> RunAsync(string socket, string database, string statements)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs()!, "psql"), ["-h", socket, "-U", User, "-d", database, "-v", "ON_ERROR_STOP=1", "-qAt", "-c", statements])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = Password },
        };
        using var psql = Process.Start(start)!;
        var (output, error) = (psql.StandardOutput.ReadToEndAsync(), psql.StandardError.ReadToEndAsync());
        await psql.WaitForExitAsync();
        return psql.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"psql: {await error}");
    }

    private static string? Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;

    private static async Task<string> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fichier-pg-").FullName;
        List<string> shell = ["sh", "-c", Script, "sh", folder, Programs()!, Password, User];
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["postgres", folder]);
            await chown.WaitForExitAsync();
            shell.InsertRange(0, ["runuser", "-u", "postgres", "--"]);
        }

        var server = Process.Start(new ProcessStartInfo(shell[0], shell[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var said = new List<string>();
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!line.Contains("ready to accept connections", StringComparison.Ordinal))
                continue;

            s_server = server;
            _ = server.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return folder;
        }

        throw new InvalidOperationException("PostgreSQL did not start: " + string.Join('\n', said));
    }
}

using Npgsql;

namespace OneFichier.Server.Store;

/// <summary>
/// Where the nodes of a cluster meet: a PostgreSQL database, written as <c>postgresql://user:password@host:5432/database?sslmode=require</c> or as
/// <c>Host=…;Username=…;Password=…;Database=…</c>. <see cref="ToString"/> never shows the password.
/// </summary>
public sealed class ClusterAddress
{
    private const string Form = "As in postgresql://fichier@db.example:5432/fichier, or Host=db.example;Username=fichier;Database=fichier.";

    private readonly NpgsqlConnectionStringBuilder _settings;

    private ClusterAddress(NpgsqlConnectionStringBuilder settings)
    {
        _settings = settings;
        settings.ApplicationName ??= "fichier";
    }

    /// <summary>What the driver wants to know, with the password: not for people.</summary>
    public string ConnectionString => _settings.ConnectionString;

    /// <summary>The password, where the address has one; never to be shown.</summary>
    public string? Password => _settings.Password is { Length: > 0 } password ? password : null;

    /// <summary>Reads an address.</summary>
    /// <exception cref="ArgumentException">It is none. The message does not repeat it.</exception>
    public static ClusterAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        var settings = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal) ? OfUri(text) : OfPairs(text);
        return string.IsNullOrEmpty(settings.Host) ? throw Refused("it names no host.") : new(settings);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_settings.Database ?? _settings.Username ?? "the database"} at {_settings.Host}:{_settings.Port}";

    private static NpgsqlConnectionStringBuilder OfPairs(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Refused("it is neither an address nor a list of settings.");
        }
    }

    private static NpgsqlConnectionStringBuilder OfUri(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            throw Refused("it cannot be read.");

        var settings = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(uri.Host).Trim('[', ']') };
        if (uri.Port > 0)
            settings.Port = uri.Port;
        if (uri.AbsolutePath.Length > 1)
            settings.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest])
        {
            settings.Username = Uri.UnescapeDataString(user);
            settings.Password = rest is [var password] ? Uri.UnescapeDataString(password) : null;
        }

        foreach (var (name, value) in PairsOf(uri.Query))
            Set(settings, name, value);

        return settings;
    }

    private static IEnumerable<(string Name, string Value)> PairsOf(string query) =>
        from pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let halves = pair.Split('=', 2)
        select (Uri.UnescapeDataString(halves[0]), halves.Length > 1 ? Uri.UnescapeDataString(halves[1]) : "");

    private static void Set(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        var keyword = name switch
        {
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "application_name" => "Application Name",
            "connect_timeout" => "Timeout",
            "user" => "Username",
            "dbname" => "Database",
            _ => name,
        };
        try
        {
            settings[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            throw Refused($"'{name}' is no setting of it, or its value is none.");
        }
    }

    private static ArgumentException Refused(string why) => new($"The address of the cluster is refused: {why} {Form}");
}

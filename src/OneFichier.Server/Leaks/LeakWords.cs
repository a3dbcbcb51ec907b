using System.Text.RegularExpressions;

namespace OneFichier.Server.Leaks;

/// <summary>What a name that stands before a value is about.</summary>
internal enum NameKind
{
    /// <summary>There is no name.</summary>
    None,

    /// <summary>A key of this service.</summary>
    Ours,

    /// <summary>Some key or other: <c>API_KEY</c>, <c>token</c>, <c>Bearer</c>.</summary>
    Generic,

    /// <summary>Nothing in particular: <c>value</c>, <c>client</c>.</summary>
    Neutral,

    /// <summary>A key with somebody's name: <c>NAS_TOKEN</c>.</summary>
    Named,

    /// <summary>Something else: a checksum, an address, a number.</summary>
    Other,
}

/// <summary>The words that say whose key something is.</summary>
internal static partial class LeakWords
{
    private static readonly HashSet<string> KeyWords =
    [
        "key", "keys", "apikey", "apikeys", "token", "secret", "password", "passwd", "pass", "pwd", "auth", "authorization", "bearer", "credential", "credentials", "creds", "cred", "apk", "cle", "jeton", "passe", "accesskey", "accesstoken",
    ];

    private static readonly HashSet<string> NeutralWords =
    [
        "api", "my", "the", "user", "account", "default", "prod", "production", "dev", "staging", "env", "value", "val", "x", "client", "rclone", "remote", "config", "conf", "cfg", "options", "option", "opt", "new", "old",
        "current", "master", "main", "private", "http", "header", "headers", "setting", "settings", "data", "string", "str", "const", "let", "var", "export", "set", "setenv", "global", "upload", "uploader", "download",
        "downloader", "backup", "storage", "cloud", "hoster", "host", "premium", "login", "parse", "read", "from", "service", "web", "rest", "args", "arg", "argv", "param", "params", "text", "raw", "plain", "self", "this",
        "access", "server", "script", "personal", "shared", "first", "second", "backend", "file", "one", "body", "general", "global", "unit", "install", "of", "for", "to", "ma", "mon", "ton", "votre",
    ];

    private static readonly HashSet<string> OtherWords =
    [
        "integrity", "sha", "sha1", "sha256", "sha384", "sha512", "md5", "hash", "hashes", "digest", "checksum", "etag", "whirlpool", "nonce", "salt", "iv", "signature", "sig", "uuid", "guid", "commit", "revision", "rev",
        "tree", "blob", "fingerprint", "csrf", "session", "cookie", "cache", "url", "uri", "href", "src", "link", "id", "xid", "name", "filename", "path", "folder", "version", "nom", "public", "pub", "encryption", "jwt", "sid",
        "request", "trace", "span", "webhook", "db", "database", "gateway", "webdav", "fake", "dummy", "mock", "example", "sample", "placeholder", "invalid", "bogus",
    ];

    /// <summary>Where the service itself is spoken of. The French word alone is none, since it means just a file; it is one where a name of something stands: in quotes, as a heading, before a block.</summary>
    [GeneratedRegex(
        @"1\s?fichier|(?:one|un)[_-]?fichier|fichier[\w.:\-]{0,12}?(?:api|key|apk|token|auth|passw|secret)|(?:key|token|apk|secret)[_-]?(?:of|for)?[_-]?fichier|[""']fichier[""']\s*(?:[:,\]{]|=>)|:fichier[,:]"
        + @"|(?:type|name|host|hoster|service|provider)[""']?\s*[=:]\s*[""']?fichier\b|\bgeneric\s+fichier\b|\bfichier\s*[:=]\s*[{\r\n]|\bfichier(?:client)?\(|\bfichier(?:::|\.)(?:new|client|api|config|configure|login)\b|^[ \t]*\[[\w.""]*fichier""?\]"
        + @"|\brclone\s[^\n]{0,80}\bfichier\b|\bfichier\s+(?:login|key|put|get|ls|mount|serve|sync|copy|url|account)\b|(?:alterupload|desfichiers|dfichiers|mesfichiers|pjointe|tenvoi|piecejointe)\.(?:com|net|org|fr)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline, 300_000)]
    public static partial Regex Service();

    /// <summary>Where somebody else is spoken of; a link to where sources lie says nothing of whose key it is.</summary>
    [GeneratedRegex(
        @"aws|amazon|(?:github|gitlab|bitbucket)(?!\.(?:com|org|io)[/:])|stripe|slack|algolia|mailgun|mailchimp|mandrill|sendgrid|twilio|openai|anthropic|datadog|newrelic|sentry|heroku|azure|google|gcloud|firebase|dropbox|backblaze|wasabi|cloudflare|"
        + @"digitalocean|npmjs|npm_|nuget|pypi|discord|telegram|uptobox|rapidgator|turbobit|nitroflare|uploaded|debrid|premiumize|onedrive|pcloud|minio|facebook|twitter|paypal|shopify|plex|youtube|vimeo|spotify|trakt|opensubtitles|tmdb|tvdb|sonarr|radarr|jellyfin|"
        + @"healthchecks|pushover|grafana|vault|okta|auth0|linode|hetzner|ovh|scaleway|mongodb|redis|postgres|mysql|hugging|jira|atlassian|circleci|travis|codecov|sonar|dockerhub|\b(?:s3|b2|swift|sftp|smb|imap|smtp)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 300_000)]
    public static partial Regex Strangers();

    /// <summary>How tokens of other services begin.</summary>
    [GeneratedRegex(@"^(?:gh[pousr]_|github_|glpat-|sk_live|sk_test|pk_live|pk_test|rk_live|sk-|AKIA|ASIA|xox[abprs]-|AIza|ya29|npm_|dop_v1|hf_|shp(?:at|ca|pa|ss)_|SG\.|key-|whsec_|pypi-|lin_api_|AC[0-9a-f]{30}|SK[0-9a-f]{30})", RegexOptions.CultureInvariant, 300_000)]
    public static partial Regex StrangersToken();

    /// <summary>Whether a word says of what stands behind it that it is no key: <c>md5 …</c>, <c>commit …</c>.</summary>
    public static bool IsOfSomethingElse(string word) => OtherWords.Contains(word.ToLowerInvariant());

    /// <summary>Whether a name is rather that of what a person thinks up than of what a service hands out.</summary>
    public static bool IsPassword(string name) => name.Contains("pass", StringComparison.OrdinalIgnoreCase) || name.Contains("pwd", StringComparison.OrdinalIgnoreCase);

    public static NameKind KindOf(string name)
    {
        if (name.Length == 0)
            return NameKind.None;
        var words = Words().Matches(name).Select(w => w.Value.ToLowerInvariant()).ToList();
        if (words is ["rclone", "config", _, .. var rest])
            words = rest;
        var hasKey = words.Any(w => KeyWords.Contains(w) || (w.Length > 4 && (w.EndsWith("key", StringComparison.Ordinal) || w.EndsWith("token", StringComparison.Ordinal))));
        if (words.Any(w => w.Contains("fichier", StringComparison.Ordinal)))
            return words.Any(OtherWords.Contains) ? NameKind.Other : hasKey || Service().IsMatch(name) ? NameKind.Ours : NameKind.Neutral;
        if (words.Any(OtherWords.Contains))
            return NameKind.Other;
        var isKnown = words.All(w => w.Length == 1 || KeyWords.Contains(w) || NeutralWords.Contains(w) || int.TryParse(w, out _));
        return (hasKey, isKnown) switch
        {
            (true, true) => NameKind.Generic,
            (true, false) => NameKind.Named,
            (false, true) => NameKind.Neutral,
            _ => NameKind.Other,
        };
    }

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+[a-z]*", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Words();
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>How a remote upload is gone about.</summary>
internal sealed class RemoteFlags
{
    private readonly Option<string[]> _header = Flags.Texts("--header", "NAME:VALUE", "a header the service sends to the sources");
    private readonly Option<string> _cookie = Flags.Text("--cookie", "NAME=VALUE", "the same as --header 'Cookie: NAME=VALUE'");
    private readonly Option<bool> _wait = Flags.Switch("--wait", "until all is there, and make sure of it");
    private readonly Option<long?> _retries = Flags.Number("--retries", "how often what failed is asked for again", 2);
    private readonly Option<string> _fallback = Flags.Choice("--fallback", "what becomes of what the service cannot fetch: stream carries it through this machine", "none", "stream");
    private readonly Option<TimeSpan?> _patience = Flags.Duration("--patience", "how long to wait after the last news", TimeSpan.FromHours(6));
    private readonly Option<bool> _noProbe = Flags.Switch("--no-probe", "do not ask the sources for their sizes from here");
    private readonly Option<bool> _private = Flags.Switch("--allow-private", "ask sources from here that are not of the public network too");

    public RemoteFlags(Verb verb)
    {
        foreach (var option in (Option[])[_header, _cookie, _wait, _retries, _fallback, _patience, _noProbe, _private])
            verb.Options.Add(option);
    }

    public bool Waits(Call call) => call.Get(_wait) || Carries(call);

    /// <exception cref="CliException">A header the service would not accept.</exception>
    public RemoteUploadRunOptions Of(Call call) => new()
    {
        Headers = Headers(call),
        Retries = (int)Math.Min(call.Get(_retries) ?? 2, 100),
        Carry = Carries(call),
        Patience = call.Get(_patience) ?? TimeSpan.Zero,
        Probe = !call.Get(_noProbe),
        AllowPrivate = call.Get(_private),
    };

    private bool Carries(Call call) => call.Get(_fallback) == "stream";

    private Dictionary<string, string> Headers(Call call)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var typed = (call.Get(_header) ?? []).Select(h => ("--header", h.Split(':', 2)));
        foreach (var (flag, parts) in call.Get(_cookie) is { Length: > 0 } cookie ? typed.Append(("--cookie", ["Cookie", cookie])) : typed)
        {
            if (parts.Length < 2)
                throw CliException.Usage($"{flag}: a header is NAME:VALUE.", "As in --header 'Referer: example'");
            var (name, value) = (parts[0].Trim(), parts[1].Trim());
            if (RemoteUploadHeaders.Problem(name, value) is { } problem)
                throw CliException.Usage($"{flag}: {problem}");
            headers[name] = value;
        }

        return headers;
    }
}

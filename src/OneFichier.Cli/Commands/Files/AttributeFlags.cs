using System.CommandLine;
using System.Net;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>The flags that say which attributes of files are to change, and to what.</summary>
internal sealed class AttributeFlags
{
    private const int ShortestPassword = 6;

    private readonly Option<string> _description = Flags.Text("--description", "TEXT", "the description on the download page; '' removes it");
    private readonly Option<string> _password = Flags.Text("--password", "PASSWORD", "ask for this before a download, at least six characters; '' removes it");
    private readonly Option<bool> _inline = Flags.Switch("--inline", "browsers show the file instead of saving it; --inline=false ends that");
    private readonly Option<bool> _cdn = Flags.Switch("--cdn", "downloads spend CDN credits; --cdn=false ends that");
    private readonly Option<bool> _noSsl = Flags.Switch("--no-ssl", "downloads go over plain HTTP; --no-ssl=false ends that");
    private readonly Option<string[]> _addresses = Flags.Texts("--acl-ip", "CIDR", "only these addresses may download (repeatable)");
    private readonly Option<string[]> _countries = Flags.Texts("--acl-country", "XX", "only these countries, by two letters (repeatable)");
    private readonly Option<string[]> _emails = Flags.Texts("--acl-email", "EMAIL", "only these members (repeatable)");
    private readonly Option<bool> _premium = Flags.Switch("--acl-premium", "only paying members");
    private readonly Option<bool> _anyone = Flags.Switch("--acl-off", "anyone with the link again");

    private readonly Option[] _all;

    public AttributeFlags(Verb verb)
    {
        _all = [_description, _password, _inline, _cdn, _noSsl, _addresses, _countries, _emails, _premium, _anyone];
        foreach (var option in _all)
            verb.Options.Add(option);
    }

    /// <exception cref="CliException">Nothing is to change, or a value cannot be.</exception>
    public FileAttributeChanges Of(Call call)
    {
        if (!_all.Any(call.Has))
            throw CliException.Usage("Nothing is to change.", "Name at least one attribute, as --description TEXT; fichier stat shows a file as it is.");

        return new FileAttributeChanges
        {
            Description = call.Get(_description),
            Password = Passwords.Checked(call.Get(_password), ShortestPassword),
            Inline = call.Has(_inline) ? call.Get(_inline) : null,
            UseCdn = call.Has(_cdn) ? call.Get(_cdn) : null,
            NoSsl = call.Has(_noSsl) ? call.Get(_noSsl) : null,
            Acl = Acl(call),
        };
    }

    private FileAcl? Acl(Call call)
    {
        var acl = new FileAcl
        {
            Addresses = [.. Of(call, _addresses).Select(Address)],
            Countries = [.. Of(call, _countries).Select(Country)],
            Emails = Of(call, _emails),
            PremiumOnly = call.Get(_premium),
        };
        var restricts = acl.Addresses.Count + acl.Countries.Count + acl.Emails.Count > 0 || acl.PremiumOnly;
        if (!call.Get(_anyone))
            return restricts || call.Has(_premium) ? acl : null;

        return restricts ? throw CliException.Usage("--acl-off goes with no other --acl flag.", "The others replace the whole list by themselves.") : acl;
    }

    private static string[] Of(Call call, Option<string[]> option) => call.Get(option) ?? [];

    private static string Address(string text) => IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _)
        ? text
        : throw CliException.Usage($"--acl-ip: '{Escaping.Visible(text)}' is no address.", "As in 192.0.2.7 or 192.0.2.0/24.");

    private static string Country(string text) => text.Length == 2 && text.All(char.IsAsciiLetter)
        ? text.ToUpperInvariant()
        : throw CliException.Usage($"--acl-country: '{Escaping.Visible(text)}' is no country.", "Two letters of ISO 3166, as in FR.");
}

/// <summary>Passwords of files and shares.</summary>
internal static class Passwords
{
    /// <exception cref="CliException">It is shorter than the service takes.</exception>
    public static string? Checked(string? password, int shortest) => password is null or "" || password.Length >= shortest
        ? password
        : throw CliException.Usage("--password: it is too short.", $"The service wants at least {shortest} characters; '' removes a password.");
}

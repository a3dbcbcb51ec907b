using System.Text;
using System.Text.RegularExpressions;

namespace OneFichier.Drive.Sync;

/// <summary>rclone's globs, rewritten as the regular expressions rclone makes of them (docs/spec/filters.md).</summary>
internal static partial class GlobPattern
{
    /// <summary>The expression, in RE2's syntax, that matches a whole path, or its end from a slash on.</summary>
    /// <exception cref="FormatException">The glob is malformed.</exception>
    public static string ToExpression(string glob)
    {
        var anchored = glob.StartsWith('/');
        return (anchored ? "^" : "(^|/)") + new Reader(anchored ? glob[1..] : glob).Read() + "$";
    }

    /// <summary>The folders in which a file that matches may lie, as globs that match a folder's path with a slash at its end.</summary>
    public static IReadOnlyList<string> Folders(string glob)
    {
        if (CannotSplit().IsMatch(glob))
            return ["/**"];
        var rest = ManySlashes().Replace(glob, "/");
        var folders = new List<string>();
        while (Math.Max(rest.LastIndexOf('/'), rest.LastIndexOf("**", StringComparison.Ordinal)) is >= 0 and var cut)
        {
            var folder = rest[..cut] + (rest[cut] == '/' ? "/" : "**/");
            rest = rest[..cut];
            if (folders.Count == 0 || folders[^1] != folder)
                folders.Add(folder);
        }

        return folders.Count == 0 ? ["/**"] : folders;
    }

    [GeneratedRegex(@"\{[^{}]*(\*\*|/|\{)|\{\{|\}\}", RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex CannotSplit();

    [GeneratedRegex("/{2,}", RegexOptions.None, 300_000)]
    private static partial Regex ManySlashes();

    private sealed class Reader(string glob)
    {
        private readonly StringBuilder _expression = new();
        private int _at;
        private int _braces;

        public string Read()
        {
            while (_at < glob.Length)
                Next();
            return _braces == 0 ? _expression.ToString() : throw Malformed("a '{' is not closed");
        }

        private void Next()
        {
            switch (glob[_at])
            {
                case '\\':
                    Copy(Math.Min(2, glob.Length - _at));
                    break;
                case '*':
                    Stars();
                    break;
                case '?':
                    Put("[^/]");
                    break;
                case '[':
                    Brackets();
                    break;
                case ']':
                    throw Malformed("a ']' closes nothing");
                case '{' or '}' or ',':
                    Braces();
                    break;
                case '.' or '+' or '(' or ')' or '|' or '^' or '$':
                    _expression.Append('\\');
                    Copy(1);
                    break;
                default:
                    Copy(1);
                    break;
            }
        }

        private void Stars()
        {
            var end = _at;
            while (end < glob.Length && glob[end] == '*')
                end++;
            _expression.Append((end - _at) switch { 1 => "[^/]*", 2 => ".*", _ => throw Malformed("more than two '*' in a row") });
            _at = end;
        }

        private void Brackets()
        {
            var depth = 0;
            for (var end = _at; end < glob.Length; end++)
            {
                depth += glob[end] switch { '[' => 1, ']' => -1, _ => 0 };
                if (depth > 0)
                    continue;
                Copy(end + 1 - _at);
                return;
            }

            throw Malformed("a '[' is not closed");
        }

        private void Braces()
        {
            if (glob.AsSpan(_at).StartsWith("{{"))
            {
                Expression();
                return;
            }

            var depth = _braces + (glob[_at] switch { '{' => 1, '}' => -1, _ => 0 });
            if (depth < 0)
                throw Malformed("a '}' closes nothing");
            Put(glob[_at] switch { '{' => "(", '}' => ")", _ => _braces > 0 ? "|" : "," });
            _braces = depth;
        }

        /// <summary>What stands between <c>{{</c> and <c>}}</c> is an expression already; of several closing braces the last two close it.</summary>
        private void Expression()
        {
            var end = glob.IndexOf("}}", _at + 2, StringComparison.Ordinal);
            if (end < 0)
                throw Malformed("a '{{' is not closed by '}}'");
            while (end + 2 < glob.Length && glob[end + 2] == '}')
                end++;
            _expression.Append('(').Append(glob, _at + 2, end - _at - 2).Append(')');
            _at = end + 2;
        }

        private void Copy(int count)
        {
            _expression.Append(glob, _at, count);
            _at += count;
        }

        private void Put(string expression)
        {
            _expression.Append(expression);
            _at++;
        }

        private FormatException Malformed(string reason) => new($"In the glob '{glob}' {reason}.");
    }
}

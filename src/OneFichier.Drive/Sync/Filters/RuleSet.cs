using System.Text.RegularExpressions;

namespace OneFichier.Drive.Sync;

/// <summary>Rules in order: the first that matches decides, and what none matches is included.</summary>
internal sealed class RuleSet
{
    private readonly List<(bool Include, Regex Pattern)> _rules = [];
    private readonly HashSet<(bool Include, string Expression)> _known = [];

    public bool IsEmpty => _rules.Count == 0;

    public void Add(bool include, string glob, bool ignoreCase)
    {
        var expression = GlobPattern.ToExpression(glob);
        if (_known.Add((include, expression)))
            _rules.Add((include, Re2Translator.ToRegex(expression, ignoreCase)));
    }

    public void Clear()
    {
        _rules.Clear();
        _known.Clear();
    }

    public bool Includes(string path)
    {
        foreach (var (include, pattern) in _rules)
        {
            if (pattern.IsMatch(path))
                return include;
        }

        return true;
    }
}

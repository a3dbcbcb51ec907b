namespace OneFichier.Gateways.WebDav;

/// <summary>Reads an <c>If</c> header; whatever is not the grammar of RFC 4918 §10.4.2 is a bad request.</summary>
internal sealed class IfParser(string text)
{
    private const int MostLists = 100;

    private int _at;

    public List<IfList> Lists()
    {
        var lists = new List<IfList>();
        string? resource = null;
        for (SkipBlanks(); _at < text.Length; SkipBlanks())
        {
            if (text[_at] == '<')
            {
                if (lists.Count > 0 && resource is null)
                    throw DavException.BadRequest();
                resource = Between('<', '>');
                SkipBlanks();
            }

            lists.Add(new IfList(resource, Conditions()));
            if (lists.Count > MostLists)
                throw DavException.BadRequest();
        }

        return lists;
    }

    private List<IfCondition> Conditions()
    {
        Expect('(');
        var conditions = new List<IfCondition>();
        for (SkipBlanks(); Peek() != ')'; SkipBlanks())
            conditions.Add(Condition());
        _at++;
        return conditions.Count is > 0 and <= MostLists ? conditions : throw DavException.BadRequest();
    }

    private IfCondition Condition()
    {
        var not = text.AsSpan(_at).StartsWith("Not", StringComparison.OrdinalIgnoreCase);
        _at += not ? 3 : 0;
        SkipBlanks();
        return Peek() switch
        {
            '<' => new IfCondition(Between('<', '>'), IsTag: false, not),
            '[' => new IfCondition(Between('[', ']'), IsTag: true, not),
            _ => throw DavException.BadRequest(),
        };
    }

    private string Between(char open, char close)
    {
        Expect(open);
        var end = text.IndexOf(close, _at);
        if (end <= _at)
            throw DavException.BadRequest();
        var between = text[_at..end];
        _at = end + 1;
        return between;
    }

    private void Expect(char c)
    {
        if (Peek() != c)
            throw DavException.BadRequest();
        _at++;
    }

    private char Peek() => _at < text.Length ? text[_at] : throw DavException.BadRequest();

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
            _at++;
    }
}

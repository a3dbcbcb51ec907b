using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.Rest;

/// <summary>The parameters of a request, wherever they stood: query, form or JSON. Each has any number of values; <c>name[]</c> is <c>name</c>.</summary>
internal sealed class RestInput(RestOptions options)
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    public void Add(string name, string value)
    {
        if (++_count > options.MaxValues)
            throw new BadHttpRequestException("The request has too many parameters.", StatusCodes.Status413PayloadTooLarge);
        var plain = name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
        if (!_values.TryGetValue(plain, out var list))
            _values[plain] = list = [];
        list.Add(value);
    }

    /// <summary>All values of the names, the first name's first.</summary>
    public IReadOnlyList<string> All(params IEnumerable<string> names) => [.. names.SelectMany(n => _values.GetValueOrDefault(n, []))];

    /// <summary>The one value of the names; <see langword="null"/> when there is none.</summary>
    public string? One(params IEnumerable<string> names) => All(names) switch
    {
        [] => null,
        [var one] => one,
        var many when many.Distinct(StringComparer.Ordinal).Count() == 1 => many[0],
        _ => throw new BadHttpRequestException($"'{names.First()}' can be given once.", StatusCodes.Status400BadRequest),
    };

    /// <summary>A switch: 1, true or yes; 0, false or no.</summary>
    public bool? Flag(string name) => One(name)?.ToLowerInvariant() switch
    {
        null or "" => null,
        "1" or "true" or "yes" => true,
        "0" or "false" or "no" => false,
        _ => throw new BadHttpRequestException($"'{name}' is 0 or 1.", StatusCodes.Status400BadRequest),
    };
}

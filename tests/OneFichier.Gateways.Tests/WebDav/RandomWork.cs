using OneFichier.Drive;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>Random work through the face, beside a model that is a list of paths: every status and, at the end, the whole tree must be what the model says.</summary>
public sealed class RandomWork(ITestOutputHelper output)
{
    private const int Steps = 400;
    private static readonly string[] Names = ["a", "b", "c &", "é"];

    private readonly SortedDictionary<string, string?> _model = new(StringComparer.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_tree_is_always_what_the_answers_said(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var stage = await DavStage.StartAsync();
        for (var step = 0; step < Steps; step++)
        {
            var (path, other) = (Place(random), Place(random));
            var (method, expected) = random.Next(10) switch
            {
                < 4 => ("PUT", Put(path, $"{step}")),
                < 6 => ("MKCOL", MakeFolder(path)),
                < 7 => ("DELETE", Delete(path)),
                < 8 => ("COPY", Relocate(path, other, keep: true)),
                _ => ("MOVE", Relocate(path, other, keep: false)),
            };
            var status = await stage.StatusAsync(method, Url(path), method == "PUT" ? $"{step}" : null, ("Destination", "/" + Url(other)));
            Assert.Equal((step, method, path, other, expected), (step, method, path, other, (int)status));
        }

        Assert.NotEmpty(_model);
        Assert.Equal(_model, await TreeAsync(stage));
    }

    private static string Place(Random random) => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Names[random.Next(Names.Length)]));

    private static string Url(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private int Put(string path, string content)
    {
        if (IsFolder(path))
            return 405;
        if (!HasParent(path))
            return 409;
        var status = _model.ContainsKey(path) ? 204 : 201;
        _model[path] = content;
        return status;
    }

    private int MakeFolder(string path)
    {
        if (_model.ContainsKey(path))
            return 405;
        if (!HasParent(path))
            return 409;
        _model.Add(path, null);
        return 201;
    }

    private int Delete(string path)
    {
        if (!_model.ContainsKey(path))
            return 404;
        Tree(path).ForEach(p => _model.Remove(p));
        return 204;
    }

    private int Relocate(string path, string target, bool keep)
    {
        if (path == target)
            return 403;
        if (!_model.ContainsKey(path))
            return 404;
        if (target.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(target + "/", StringComparison.Ordinal) || !HasParent(target))
            return 409;
        var status = _model.ContainsKey(target) ? 204 : 201;
        Tree(target).ForEach(p => _model.Remove(p));
        foreach (var old in Tree(path))
        {
            _model[target + old[path.Length..]] = _model[old];
            if (!keep)
                _model.Remove(old);
        }

        return status;
    }

    private bool IsFolder(string path) => _model.TryGetValue(path, out var content) && content is null;

    private bool HasParent(string path) => !path.Contains('/', StringComparison.Ordinal) || IsFolder(path[..path.LastIndexOf('/')]);

    private List<string> Tree(string path) => [.. _model.Keys.Where(p => p == path || p.StartsWith(path + "/", StringComparison.Ordinal))];

    private static async Task<SortedDictionary<string, string?>> TreeAsync(DavStage stage)
    {
        var tree = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        await foreach (var (_, contents) in stage.Volume.WalkAsync(VolumePath.Root))
        {
            foreach (var entry in contents.Entries)
                tree.Add(entry.Path.ToString(), entry.IsFolder ? null : await stage.ReadAsync(entry.Path.ToString()));
        }

        return tree;
    }
}

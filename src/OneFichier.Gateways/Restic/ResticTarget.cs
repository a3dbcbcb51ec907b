using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>What an address of the protocol leads to.</summary>
internal enum TargetKind
{
    /// <summary><c>{path}</c></summary>
    Repository,

    /// <summary><c>{path}config</c></summary>
    Config,

    /// <summary><c>{path}{type}/</c></summary>
    List,

    /// <summary><c>{path}{type}/{name}</c></summary>
    Object,
}

/// <summary>The address of a request: the first name in it that is a type's, or <c>config</c>, ends the repository's path, so that no repository lies within another's files.</summary>
/// <param name="Kind">What it leads to.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Type">Which objects, of a list or an object.</param>
/// <param name="Name">Which of them.</param>
internal sealed record ResticTarget(TargetKind Kind, VolumePath Repository, string Type = "", string Name = "")
{
    /// <returns><see langword="null"/> when the protocol has no such address.</returns>
    /// <exception cref="BadHttpRequestException">The path is no proper one: 400.</exception>
    public static ResticTarget? Of(HttpRequest request)
    {
        var (path, isFolder) = GatewayPath.Read(request);
        var names = path.Segments;
        var end = names.TakeWhile(n => n != RepositoryLayout.Config && !RepositoryLayout.Types.Contains(n)).Count();
        var repository = VolumePath.Parse(string.Join('/', names.Take(end)));
        return (names.Skip(end).ToList(), isFolder) switch
        {
            ([], _) => new(TargetKind.Repository, repository),
            ([RepositoryLayout.Config], false) => new(TargetKind.Config, repository),
            ([var type], true) when type != RepositoryLayout.Config => new(TargetKind.List, repository, type),
            ([var type, var name], false) when type != RepositoryLayout.Config && RepositoryLayout.IsName(name) => new(TargetKind.Object, repository, type, name),
            _ => null,
        };
    }

    /// <summary>Where the file lies, or the folder of the list.</summary>
    public VolumePath Path => Kind switch
    {
        TargetKind.Config => Repository.Combine(RepositoryLayout.Config),
        TargetKind.List => Repository.Combine(Type),
        TargetKind.Object => RepositoryLayout.PathOf(Repository, Type, Name),
        _ => Repository,
    };
}

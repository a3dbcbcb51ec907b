using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

/// <summary>What became of several things: all done is OK; if some failed, KO with 207 and each of them by name; if all did, KO with the status of the first.</summary>
internal sealed class Outcome(RestRequest request)
{
    private readonly List<RestFailure> _failed = [];
    private GatewayError? _first;

    public List<RestChange> Done { get; } = [];

    public void Fail(string path, Exception error)
    {
        var told = GatewayError.Of(error, request.State.Options.Time);
        _first ??= told;
        _failed.Add(new RestFailure(path, told.Message));
    }

    /// <summary>Notes results of the volume in the order of what was asked.</summary>
    public void Add<T>(IReadOnlyList<T> asked, IReadOnlyList<ItemResult> results, Func<T, Entry?, RestChange> done)
    {
        foreach (var (item, result) in asked.Zip(results))
        {
            if (result.Error is { } error)
                Fail(done(item, null).Path, error);
            else
                Done.Add(done(item, result.Entry));
        }
    }

    /// <summary>The answer; <paramref name="answer"/> is what it is when all is done.</summary>
    public RestAnswer Tell(RestAnswer answer) => _first is null ? answer : answer with
    {
        HttpStatus = Done.Count > 0 ? StatusCodes.Status207MultiStatus : _first.Status,
        Status = "KO",
        Message = Done.Count + _failed.Count == 1 ? _first.Message : $"{_failed.Count} of {Done.Count + _failed.Count} were not done. {_first.Message}",
        Failed = _failed,
    };
}

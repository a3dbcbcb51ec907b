using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OneFichier.Sandbox.Control;

/// <summary>What a control request may carry; each verb reads its own members.</summary>
internal sealed record ControlOrder
{
    public string? Account { get; init; }

    public string? Path { get; init; }

    public string? To { get; init; }

    public string? Url { get; init; }

    public string? Name { get; init; }

    public string? Folder { get; init; }

    public string? Text { get; init; }

    public byte[]? Base64 { get; init; }

    public long? Size { get; init; }

    public ulong? Seed { get; init; }

    public string? Into { get; init; }

    public int? Folders { get; init; }

    public int? Files { get; init; }

    public string? Key { get; init; }

    public bool? Locked { get; init; }

    public bool? UploadForbidden { get; init; }

    public SandboxOffer? Offer { get; init; }

    public long? Quota { get; init; }

    public TimeSpan? Advance { get; init; }

    public string? Plan { get; init; }

    public FaultKind? Kind { get; init; }

    public string? Where { get; init; }

    public int? Count { get; init; }
}

internal sealed record ControlClock(DateTimeOffset Now);

internal sealed record ControlFaults(string Plan);

internal sealed record ControlMade(string? Url, long? FolderId);

internal sealed record ControlError(string Error);

internal sealed record ControlDone(bool Done);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(ControlOrder))]
[JsonSerializable(typeof(ControlClock))]
[JsonSerializable(typeof(ControlFaults))]
[JsonSerializable(typeof(ControlMade))]
[JsonSerializable(typeof(ControlError))]
[JsonSerializable(typeof(ControlDone))]
[JsonSerializable(typeof(SandboxTree))]
[JsonSerializable(typeof(SandboxLimits))]
[JsonSerializable(typeof(SandboxBehaviours))]
[JsonSerializable(typeof(RequestCounters))]
[JsonSerializable(typeof(IReadOnlyList<LoggedRequest>))]
[JsonSerializable(typeof(IReadOnlyList<SandboxFile>))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ControlJson : JsonSerializerContext;

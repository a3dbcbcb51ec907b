using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>One call of the API: who calls, from where, with what.</summary>
internal sealed class ApiCall
{
    public required World World { get; init; }

    public required AccountState? Caller { get; init; }

    public required ApiBody Body { get; init; }

    public required RequestOrigin Origin { get; init; }

    public SandboxBehaviours Behaviours => World.Behaviours;

    public AccountState Member => Caller ?? throw Refusal.NotAuthenticated;

    public string Date(DateTimeOffset moment) => ParisTime.Write(moment, Behaviours.Dates);

    public static JsonObject Ok() => new() { ["status"] = "OK" };
}

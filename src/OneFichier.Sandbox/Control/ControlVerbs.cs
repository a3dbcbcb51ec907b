using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Control;

/// <summary>The control's verbs as they are called over HTTP. Each gives what is to be written back.</summary>
internal sealed class ControlVerbs(SandboxControl control)
{
    private static readonly ControlDone Done = new(true);

    /// <summary>Runs a verb; null when there is none of that name.</summary>
    /// <param name="verb">Method and path, as in <c>POST files/remove</c>.</param>
    /// <param name="body">The request's JSON.</param>
    /// <param name="account">The account the query names.</param>
    public object? Run(string verb, JsonObject body, string? account) => verb switch
    {
        "GET requests" => control.Requests,
        "GET counters" => control.Counters,
        "GET tree" => control.Tree(account),
        "GET guests" => control.GuestFiles,
        "GET clock" => new ControlClock(control.Now),
        "GET limits" => control.Limits,
        "GET behaviours" => control.Behaviours,
        "GET faults" => new ControlFaults(control.Faults.ToString()),
        "PATCH limits" => control.Limits = Merged(control.Limits, body),
        "PATCH behaviours" => control.Behaviours = Merged(control.Behaviours, body),
        _ => Obey(verb, body.Deserialize(ControlJson.Default.ControlOrder)!),
    };

    private object? Obey(string verb, ControlOrder order) =>
        (object?)Switches(verb, order) ?? Accounts(verb, order) ?? Tree(verb, order);

    private ControlDone? Switches(string verb, ControlOrder order) => verb switch
    {
        "POST reset" => Did(control.Reset),
        "POST log/reset" => Did(control.ResetLog),
        "POST limits/reset" => Did(control.ResetLimits),
        "POST faults/reset" => Did(control.ResetFaults),
        "POST faults/next" => Did(() => control.FailNext(Need(order.Kind), order.Where ?? "*", order.Count ?? 1)),
        "PUT faults" => Did(() => control.Faults = FaultPlan.Parse(Need(order.Plan))),
        "PUT limits" => Did(() => control.Limits = SandboxLimits.Parse(Need(order.Name))),
        "POST clock/advance" => Did(() => control.Advance(Need(order.Advance))),
        _ => null,
    };

    private ControlDone? Accounts(string verb, ControlOrder order) => verb switch
    {
        "POST keys" => Did(() => control.AddKey(Need(order.Key), order.Account)),
        "POST keys/disable" => Did(() => control.DisableKey(Need(order.Key))),
        "PATCH account" => Did(() => Change(order)),
        _ => null,
    };

    private object? Tree(string verb, ControlOrder order) => verb switch
    {
        "POST files" => new ControlMade(AddFile(order), null),
        "POST files/remove" => Did(() => control.RemoveFile(Need(order.Url))),
        "POST files/rename" => Did(() => control.RenameFile(Need(order.Url), Need(order.Name))),
        "POST files/move" => Did(() => control.MoveFile(Need(order.Url), Need(order.Folder))),
        "POST folders" => new ControlMade(null, control.AddFolder(Need(order.Path), order.Account)),
        "POST folders/remove" => Did(() => control.RemoveFolder(Need(order.Path), order.Account)),
        "POST folders/move" => Did(() => control.MoveFolder(Need(order.Path), Need(order.To), order.Account)),
        "POST seed" => Did(() => control.Seed(Seeded(order), order.Account)),
        "POST clear" => Did(() => control.Clear(order.Account)),
        _ => null,
    };

    private void Change(ControlOrder order)
    {
        if (order.Locked is { } locked)
            control.LockAccount(locked, order.Account);
        if (order.UploadForbidden is { } forbidden)
            control.ForbidUploads(forbidden, order.Account);
        if (order.Offer is { } offer)
            control.SetOffer(offer, order.Account);
        if (order.Quota is { } quota)
            control.SetQuota(quota, order.Account);
    }

    private string AddFile(ControlOrder order) => order.Size is { } size
        ? control.AddGeneratedFile(Need(order.Path), size, order.Seed ?? 1, order.Account)
        : control.AddFile(Need(order.Path), order.Base64 ?? Encoding.UTF8.GetBytes(order.Text ?? ""), order.Account);

    private static SandboxSeed Seeded(ControlOrder order) => new()
    {
        Into = order.Into ?? "",
        Folders = order.Folders ?? 0,
        Files = order.Files ?? 0,
        FileSize = order.Size ?? 1024,
        Seed = order.Seed ?? 1,
    };

    private static SandboxLimits Merged(SandboxLimits current, JsonObject changes) =>
        Overlaid(JsonSerializer.SerializeToNode(current, ControlJson.Default.SandboxLimits)!, changes)
            .Deserialize(ControlJson.Default.SandboxLimits)!;

    private static SandboxBehaviours Merged(SandboxBehaviours current, JsonObject changes) =>
        Overlaid(JsonSerializer.SerializeToNode(current, ControlJson.Default.SandboxBehaviours)!, changes)
            .Deserialize(ControlJson.Default.SandboxBehaviours)!;

    private static JsonNode Overlaid(JsonNode current, JsonObject changes)
    {
        foreach (var (name, value) in changes)
            current[name] = value?.DeepClone();
        return current;
    }

    private static ControlDone Did(Action action)
    {
        action();
        return Done;
    }

    private static T Need<T>(T? value)
        where T : struct => value ?? throw new FormatException($"A {typeof(T).Name} is missing.");

    private static string Need(string? value) => value ?? throw new FormatException("A member is missing.");
}

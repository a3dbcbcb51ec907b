namespace OneFichier.Sandbox.Tests.Kit;

/// <summary>A sandbox where a second member has an account.</summary>
public static class TwoMembers
{
    public const string Other = "other@sandbox.invalid";
    public const string OtherKey = "other-key-0000000000000000000000";

    public static Task<Service> StartAsync(SandboxOptions? options = null) => Service.StartAsync((options ?? new SandboxOptions()) with
    {
        Accounts = [SandboxAccount.Default, new SandboxAccount { Email = Other, Keys = [OtherKey] }],
    });
}

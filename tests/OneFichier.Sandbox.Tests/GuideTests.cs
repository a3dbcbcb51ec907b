using System.Reflection;

namespace OneFichier.Sandbox.Tests;

public sealed class GuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Root(), "docs", "guide", "sandbox.md"));

    [Theory]
    [InlineData(typeof(SandboxOptions))]
    [InlineData(typeof(SandboxLimits))]
    [InlineData(typeof(SandboxBehaviours))]
    public void Every_option_is_in_the_guide(Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Assert.Contains($"`{property.Name}`", Guide, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_in_the_guide()
    {
        foreach (var kind in Enum.GetNames<FaultKind>())
            Assert.Contains($"`{kind.ToLowerInvariant()}`", Guide, StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "fichier.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

using System.Reflection;

namespace OneFichier.House.Tests;

/// <summary>The public surface of the packages is what a person has approved: each change of it shows in a diff.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(FichierClient), "OneFichier.txt")]
    [InlineData(typeof(Sandbox.SandboxServer), "OneFichier.Sandbox.txt")]
    public void The_public_surface_is_the_approved_one(Type anchor, string file)
    {
        var path = Path.Combine(SourceTree.Root, "tests", "OneFichier.House.Tests", "Approved", file);
        var present = PublicApi.Of(anchor.Assembly);
        if (Environment.GetEnvironmentVariable("APPROVE_PUBLIC_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, present);
        }

        Assert.Equal(File.ReadAllText(path).Split('\n'), present.Split('\n'));
    }
}

internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) =>
        string.Concat(assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal).Select(Describe));

    private static string Describe(Type type)
    {
        var members = type.GetMembers(Declared).Where(IsVisible).Select(Describe).Where(m => m is not null).Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal);
        return $"{Kind(type)} {type.FullName}{Bases(type)}\n{string.Concat(members.Select(m => $"    {m}\n"))}";
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string Bases(Type type)
    {
        var bases = new[] { type.BaseType }.Concat(type.GetInterfaces().Where(i => i.IsPublic && !i.IsGenericType))
            .Where(b => b is not null && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum)).Select(b => Name(b!)).ToList();
        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase m => m.IsPublic || m.IsFamily,
        FieldInfo f => f.IsPublic && !f.IsSpecialName,
        PropertyInfo p => p.GetAccessors(true).Any(a => a.IsPublic),
        EventInfo => true,
        _ => false,
    };

    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo f => $"{(f.IsLiteral ? "const " : f.IsStatic ? "static " : "")}{Name(f.FieldType)} {f.Name}",
        PropertyInfo p => $"{Name(p.PropertyType)} {p.Name} {{{(p.GetMethod?.IsPublic == true ? " get;" : "")}{(p.SetMethod?.IsPublic == true ? " set;" : "")} }}",
        ConstructorInfo c => $"new({Parameters(c)})",
        MethodInfo { IsSpecialName: true } or MethodInfo { Name: "<Clone>$" or "PrintMembers" or "Deconstruct" } => null,
        MethodInfo m => $"{(m.IsStatic ? "static " : "")}{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        _ => null,
    };

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.IsOptional ? " = …" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        return type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Stagedoor.Tests;

/// <summary>
/// Prints what an assembly shows to the outside, sorted, one member a line. A test compares it with an approved file, so
/// that a change to the surface is seen in review.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly, Predicate<Type>? included = null)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(type => included?.Invoke(type) ?? true).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(HeadOf(type)).Append('\n');
            foreach (var line in MembersOf(type).Distinct().Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Compares with the approved file; what is now there is written beside it, to be looked at and put in its place.</summary>
    public static void ShouldBeApproved(string surface, string fileName, [CallerFilePath] string caller = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(caller)!, fileName);
        var received = Path.ChangeExtension(approved, ".received.txt");
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == surface)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, surface);
        Assert.Fail($"The public surface has changed. Compare {fileName} with {Path.GetFileName(received)}, which stands beside it; if the change is meant, put the second in the place of the first.");
    }

    private static string HeadOf(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        var parents = new[] { type.BaseType }.Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).OrderBy(parent => parent.Name, StringComparer.Ordinal))
            .OfType<Type>()
            .Where(parent => parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) && parent.IsVisible && !type.IsEnum && !parent.Name.StartsWith("IEquatable", StringComparison.Ordinal))
            .Select(Name)
            .ToArray();
        return $"{kind} {type.Namespace}.{Name(type)}" + (parents.Length > 0 ? $" : {string.Join(", ", parents)}" : "");
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select((name, i) => $"{Convert.ToInt64(Enum.GetValues(type).GetValue(i)),3} {name}");
        }

        return type.GetMembers(Own).Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null).Select(Line).OfType<string>();
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsSeen(constructor) => $"new({Parameters(constructor)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsSeen) =>
            $"{Static(property.GetAccessors(nonPublic: true)[0])}{Name(property.PropertyType)} {property.Name} {{{Accessor(property.GetMethod, " get;")}{Accessor(property.SetMethod, IsInit(property) ? " init;" : " set;")} }}{Marks(property)}",
        FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly =>
            $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        EventInfo happening when IsSeen(happening.AddMethod!) => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        MethodInfo method when IsSeen(method) && !IsImplied(method) =>
            $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        _ => null,
    };

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Accessors, what every record has, and how a component renders: none of them is a decision.
    private static bool IsImplied(MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
        || method.Name is "BuildRenderTree" or "PrintMembers" or "GetHashCode" or "Equals" or "<Clone>$" or "ToString" or "op_Equality" or "op_Inequality" or "Deconstruct"
        || (method.IsVirtual && method.GetBaseDefinition() != method);

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;

    private static string Marks(PropertyInfo property) => string.Concat(property.GetCustomAttributesData().Select(attribute => attribute.AttributeType.Name switch
    {
        "EditorRequiredAttribute" or "RequiredMemberAttribute" => " required",
        "CascadingParameterAttribute" => " cascading",
        _ => "",
    }));

    private static string Accessor(MethodInfo? accessor, string text) => accessor is not null && IsSeen(accessor) ? text : "";

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner) + "?";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        var name = type.Name.Split('`')[0].TrimEnd('&');
        var nested = type is { IsNested: true, IsGenericParameter: false } ? Name(type.DeclaringType!) + "." : "";
        return type.IsGenericType ? $"{nested}{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : nested + name;
    }
}

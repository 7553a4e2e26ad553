using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration.Types;

/// <summary>
/// What the configuration may hold at one place, read off an options type once. Check, binding, <c>config show</c>
/// and the JSON Schema all walk the same shapes, so that they cannot disagree.
/// </summary>
internal abstract record Shape(Type Type)
{
    /// <exception cref="NotSupportedException">A type somewhere below cannot be read from a configuration.</exception>
    public static Shape Of(Type type)
    {
        var shape = Of(type, []);
        shape.ReachAll([]);
        return shape;
    }

    /// <summary>What a person would call it: <c>a list</c>.</summary>
    public abstract string Expected { get; }

    private static Shape Of(Type type, Dictionary<Type, Lazy<Shape>> known)
    {
        if (ValueShape.For(type) is { } value)
        {
            return value;
        }

        if (!known.TryGetValue(type, out var shape))
        {
            shape = new Lazy<Shape>(() => Build(type, known));
            known[type] = shape;
        }

        return shape.Value;
    }

    /// <summary>Looks at each type below once, so that an impossible one is found at the start.</summary>
    private void ReachAll(HashSet<Type> reached)
    {
        if (!reached.Add(Type))
        {
            return;
        }

        IEnumerable<Shape> below = this switch
        {
            ObjectShape section => section.Properties.Select(property => property.Shape),
            ListShape list => [list.Item],
            MapShape map => [map.Entry],
            _ => [],
        };
        foreach (var shape in below)
        {
            shape.ReachAll(reached);
        }
    }

    private static Shape Build(Type type, Dictionary<Type, Lazy<Shape>> known)
    {
        if (Argument(type, typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)) is [var key, var entry] && key == typeof(string))
        {
            return new MapShape(type, () => Of(entry, known));
        }

        if (type.IsArray)
        {
            return new ListShape(type, () => Of(type.GetElementType()!, known));
        }

        if (Argument(type, typeof(IEnumerable<>)) is [var item])
        {
            return new ListShape(type, () => Of(item, known));
        }

        if (type.IsAbstract || (!type.IsValueType && type.GetConstructor(Type.EmptyTypes) is null) || typeof(IEnumerable).IsAssignableFrom(type))
        {
            throw new NotSupportedException($"{type} cannot be read from the configuration. An options type is a class or record with a constructor without parameters.");
        }

        return new ObjectShape(type, [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(CanBeSet).Select(property => PropertyShape.Of(property, () => Of(property.PropertyType, known)))]);
    }

    private static bool CanBeSet(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } && property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0;

    private static Type[] Argument(Type type, params ReadOnlySpan<Type> definitions)
    {
        foreach (var candidate in type.GetInterfaces().Prepend(type))
        {
            if (candidate.IsGenericType && definitions.Contains(candidate.GetGenericTypeDefinition()))
            {
                return candidate.GetGenericArguments();
            }
        }

        return [];
    }
}

internal sealed record ObjectShape(Type Type, IReadOnlyList<PropertyShape> Properties) : Shape(Type)
{
    public override string Expected => "a section with keys";
}

internal sealed record ListShape(Type Type, Func<Shape> FindItem) : Shape(Type)
{
    public Shape Item => FindItem();

    public override string Expected => "a list";
}

internal sealed record MapShape(Type Type, Func<Shape> FindEntry) : Shape(Type)
{
    public Shape Entry => FindEntry();

    public override string Expected => "a section with keys of your choice";
}

/// <summary>One key of a section.</summary>
internal sealed record PropertyShape(string Key, PropertyInfo Property, Func<Shape> FindShape)
{
    public Shape Shape => FindShape();

    public string? Description { get; } = Property.GetCustomAttribute<DescriptionAttribute>()?.Description;

    public bool IsRequired { get; } =
        Property.IsDefined(typeof(RequiredAttribute)) || Property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));

    public bool IsPath { get; } = Property.IsDefined(typeof(RelativePathAttribute));

    public IReadOnlyList<ValidationAttribute> Rules { get; } = [.. Property.GetCustomAttributes<ValidationAttribute>()];

    /// <summary>Marked so, or text whose key says so.</summary>
    public bool IsSecret => Property.IsDefined(typeof(SecretAttribute)) || (Secrets.IsSecretKey(Key) && IsText(Shape));

    public static PropertyShape Of(PropertyInfo property, Func<Shape> shape) => new(JsonNamingPolicy.CamelCase.ConvertName(property.Name), property, shape);

    private static bool IsText(Shape shape) => shape switch
    {
        ValueShape { Kind: ValueKind.Text } => true,
        ListShape list => IsText(list.Item),
        MapShape map => IsText(map.Entry),
        _ => false,
    };
}

/// <summary>A path that is relative to the directory of the file it is written in, or else to the working directory.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RelativePathAttribute : Attribute;

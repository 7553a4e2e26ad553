using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Stagedoor.Data.Mapping;

/// <summary>
/// How a row fills a type: the longest constructor whose parameters the columns can fill, by name and in any order, then
/// the properties that are left. Case and underscores do not count: <c>display_name</c> fills <c>DisplayName</c>.
/// </summary>
internal static class RowShape
{
    public static Func<DbDataReader, T> Compile<T>(string[] columns)
    {
        var type = typeof(T);
        var row = Expression.Parameter(typeof(DbDataReader), "row");
        if (typeof(ITuple).IsAssignableFrom(type) && type.IsValueType)
        {
            return Expression.Lambda<Func<DbDataReader, T>>(Tuple(type, columns, row), row).Compile();
        }

        var ordinals = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Length; i++)
        {
            ordinals.TryAdd(columns[i].Replace("_", "", StringComparison.Ordinal), i);
        }

        var constructor = Choose(type, columns, ordinals);
        var parameters = constructor?.GetParameters() ?? [];
        var create = constructor is null
            ? Expression.New(type)
            : Expression.New(constructor, parameters.Select(parameter => Argument(type, parameter, ordinals, row)));
        var taken = parameters.Select(parameter => parameter.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var bindings = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Where(property => !taken.Contains(property.Name) && ordinals.ContainsKey(property.Name))
            .Select(property => (MemberBinding)Expression.Bind(property, Cell(property.PropertyType, ordinals[property.Name], $"{type.Name}.{property.Name}", row)));
        return Expression.Lambda<Func<DbDataReader, T>>(Expression.MemberInit(create, bindings), row).Compile();
    }

    private static ConstructorInfo? Choose(Type type, string[] columns, Dictionary<string, int> ordinals)
    {
        var constructors = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).ToList();
        if (constructors.FirstOrDefault(candidate => candidate.GetParameters().All(parameter => ordinals.ContainsKey(parameter.Name!) || parameter.HasDefaultValue)) is { } fitting)
        {
            return fitting;
        }

        if (constructors.Count == 0 && type.IsValueType)
        {
            return null;
        }

        var missing = constructors.Count == 0
            ? "it has no public constructor"
            : "no column fills " + string.Join(", ", constructors[^1].GetParameters().Where(parameter => !ordinals.ContainsKey(parameter.Name!)).Select(parameter => parameter.Name));
        throw new InvalidOperationException($"A row of ({string.Join(", ", columns)}) cannot become a {type.Name}: {missing}.");
    }

    private static Expression Argument(Type type, ParameterInfo parameter, Dictionary<string, int> ordinals, ParameterExpression row) =>
        ordinals.TryGetValue(parameter.Name!, out var ordinal)
            ? Cell(parameter.ParameterType, ordinal, $"{type.Name}.{parameter.Name}", row)
            : parameter.DefaultValue is null ? Expression.Default(parameter.ParameterType)
            : Expression.Convert(Expression.Constant(parameter.DefaultValue), parameter.ParameterType);

    private static NewExpression Tuple(Type type, string[] columns, ParameterExpression row)
    {
        var elements = type.GetGenericArguments();
        if (elements.Length != columns.Length || elements.Length > 7)
        {
            throw new InvalidOperationException($"A row of ({string.Join(", ", columns)}) cannot become a tuple of {elements.Length}. A tuple takes the columns in order, up to seven.");
        }

        return Expression.New(type.GetConstructor(elements)!, elements.Select((element, i) => Cell(element, i, columns[i], row)));
    }

    private static MethodCallExpression Cell(Type type, int ordinal, string member, ParameterExpression row) => Expression.Call(
        typeof(Cells), nameof(Cells.Read), [type], row, Expression.Constant(ordinal), Expression.Constant(member));
}

using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Store;

/// <summary>A relation and since which change it holds.</summary>
internal readonly record struct DatedRelation(string Type, string Inverse, EntityRef Target, long Since)
{
    public DerivedRelation Undated => new(Type, Inverse, Target);
}

/// <summary>Relations as one column of text: a line each, with type, inverse, target and the change since which it holds.</summary>
internal static class RelationText
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Usual = FrozenSet.Create(
        StringComparer.Ordinal,
        "ownedBy", "ownerOf", "consumesApi", "apiConsumedBy", "providesApi", "apiProvidedBy", "dependsOn", "dependencyOf",
        "parentOf", "childOf", "memberOf", "hasMember", "partOf", "hasPart").GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Write(IEnumerable<DatedRelation> relations)
    {
        var text = new StringBuilder();
        foreach (var relation in relations)
        {
            text.Append(relation.Type).Append(' ').Append(relation.Inverse).Append(' ').Append(relation.Target)
                .Append(' ').Append(CultureInfo.InvariantCulture, $"{relation.Since}").Append('\n');
        }

        return text.ToString();
    }

    public static IReadOnlyList<DatedRelation> Read(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var relations = new List<DatedRelation>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            if (line.IsEmpty)
            {
                continue;
            }

            var afterType = line.IndexOf(' ');
            var rest = line[(afterType + 1)..];
            var afterInverse = rest.IndexOf(' ');
            var target = rest[(afterInverse + 1)..];
            var afterTarget = target.LastIndexOf(' ');
            relations.Add(new DatedRelation(
                Word(line[..afterType]), Word(rest[..afterInverse]), EntityRef.Parse(target[..afterTarget].ToString()),
                long.Parse(target[(afterTarget + 1)..], NumberStyles.None, CultureInfo.InvariantCulture)));
        }

        return relations;
    }

    /// <summary>There are few types of relations and very many relations: a usual type is one text for all.</summary>
    private static string Word(ReadOnlySpan<char> word) => Usual.TryGetValue(word, out var same) ? same : word.ToString();
}

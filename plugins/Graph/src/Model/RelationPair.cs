using System.Text;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Model;

/// <summary>
/// A relation and its inverse. Pictures draw each pair in one direction, whoever has declared it: from what owns, contains,
/// uses or offers to what is owned, contained, used or offered.
/// </summary>
/// <param name="Type">The direction that is drawn: <c>dependsOn</c>.</param>
/// <param name="Words">As an arrow says it: "depends on".</param>
/// <param name="InverseWords">The other way: "needed by".</param>
public sealed record RelationPair(string Type, string Inverse, string Words, string InverseWords)
{
    /// <summary>As a choice: "Depends on, needed by".</summary>
    public string Title => $"{char.ToUpperInvariant(Words[0])}{Words[1..]}, {InverseWords}";
}

/// <summary>The pairs of relations that the catalog knows, and words for those that it does not.</summary>
internal sealed class RelationPairs
{
    public const string Owns = "ownerOf";
    public const string Contains = "hasPart";
    public const string DependsOn = "dependsOn";
    public const string Provides = "providesApi";
    public const string Consumes = "consumesApi";
    public const string ParentOf = "parentOf";
    public const string HasMember = "hasMember";

    private static readonly RelationPair[] BuiltIn =
    [
        new(DependsOn, "dependencyOf", "depends on", "needed by"),
        new(Consumes, "apiConsumedBy", "consumes", "consumed by"),
        new(Provides, "apiProvidedBy", "provides", "provided by"),
        new(Contains, "partOf", "contains", "part of"),
        new(Owns, "ownedBy", "owns", "owned by"),
        new(ParentOf, "childOf", "parent of", "child of"),
        new(HasMember, "memberOf", "has member", "member of"),
    ];

    private readonly Dictionary<string, (RelationPair Pair, bool Forward)> _byType = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RelationPair> _all = [];

    public RelationPairs(CatalogModel model)
    {
        foreach (var pair in BuiltIn)
        {
            Add(pair);
        }

        foreach (var relation in model.Kinds.SelectMany(kind => kind.Relations).Concat(model.Fields.Select(field => field.Relation).OfType<FieldRelation>()))
        {
            if (!_byType.ContainsKey(relation.Type))
            {
                Add(new RelationPair(relation.Type, relation.Inverse, InWords(relation.Type), InWords(relation.Inverse)));
            }
        }
    }

    /// <summary>Those that the model names.</summary>
    public IReadOnlyList<RelationPair> All => _all;

    /// <summary>The pair of a relation, and whether it is drawn the way it is told. What nobody has declared, such as what a processor adds, is drawn as it is told.</summary>
    public (RelationPair Pair, bool Forward) Of(string type, string inverse)
    {
        if (_byType.TryGetValue(type, out var known) && string.Equals(known.Forward ? known.Pair.Inverse : known.Pair.Type, inverse, StringComparison.OrdinalIgnoreCase))
        {
            return known;
        }

        var added = new RelationPair(type, inverse, InWords(type), InWords(inverse));
        _byType[type] = (added, true);
        _byType.TryAdd(inverse, (added, false));
        return (added, true);
    }

    public string WordsOf(string type) => _byType.TryGetValue(type, out var known) ? (known.Forward ? known.Pair.Words : known.Pair.InverseWords) : InWords(type);

    /// <summary><c>storedIn</c> is "stored in".</summary>
    private static string InWords(string type)
    {
        var words = new StringBuilder();
        foreach (var letter in type)
        {
            words.Append(char.IsUpper(letter) ? $"{(words.Length > 0 ? " " : "")}{char.ToLowerInvariant(letter)}" : $"{letter}");
        }

        return words.Length == 0 ? type : words.ToString();
    }

    private void Add(RelationPair pair)
    {
        _all.Add(pair);
        _byType[pair.Type] = (pair, true);
        _byType.TryAdd(pair.Inverse, (pair, false));
    }
}

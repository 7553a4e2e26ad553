using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Checks;

/// <summary>What every entity has: where it is checked against the rules that are the same for all kinds.</summary>
/// <param name="Ref">Nothing, if what would make it is not there or not allowed.</param>
internal sealed record Envelope(MapNode Root, string? ApiVersion, string? Kind, string Namespace, EntityRef? Ref, MapNode Metadata, Node? Spec)
{
    private static readonly string[] RootKeys = ["apiVersion", "kind", "metadata", "spec"];

    public string? Type => (Spec as MapNode)?.Find("type")?.Text;

    /// <summary>Nothing, if there is nothing in it that could be checked.</summary>
    public static Envelope? Read(Node root, Complaints complaints)
    {
        if (root is not MapNode map)
        {
            complaints.Refuse(root.Line, "", $"A document holds one entity, an object with apiVersion, kind, metadata and spec; this is {Shown.Of(root)}.");
            return null;
        }

        var apiVersion = Required(map, "apiVersion", "apiVersion", map.Line, complaints);
        var kind = Required(map, "kind", "kind", map.Line, complaints);
        if (apiVersion is not null && !NameRules.IsVersion(apiVersion))
        {
            complaints.Refuse(map.Find("apiVersion")!.Line, "apiVersion", $"is '{Shown.Text(apiVersion)}'; {NameRules.Version}");
        }

        if (kind is not null && !NameRules.IsKind(kind))
        {
            complaints.Refuse(map.Find("kind")!.Line, "kind", $"is '{Shown.Text(kind)}'; letters and digits are allowed, beginning with a letter, at most {NameRules.MostLetters} in all");
        }

        foreach (var member in map.Members)
        {
            if (Array.IndexOf(RootKeys, member.Key) < 0)
            {
                complaints.Refuse(member.Line, member.Key, UnknownRoot(member.Key));
            }
        }

        if (map.Find("metadata") is not { } metadataNode)
        {
            complaints.Refuse(map.Line, "metadata", "is missing");
            return null;
        }

        if (metadataNode is not MapNode metadata)
        {
            complaints.Refuse(metadataNode.Line, "metadata", $"is {Shown.Of(metadataNode)}; an object with a name is allowed");
            return null;
        }

        var name = ReadName(metadata, complaints);
        var space = ReadNamespace(metadata, complaints);
        var spec = map.Find("spec");
        if (spec is not (null or MapNode))
        {
            complaints.Refuse(spec.Line, "spec", $"is {Shown.Of(spec)}; an object is allowed");
        }

        return new Envelope(
            map,
            apiVersion,
            kind,
            space ?? EntityRef.DefaultNamespace,
            kind is null || !NameRules.IsKind(kind) || name is null || space is null ? null : new EntityRef(kind, space, name),
            metadata,
            spec);
    }

    private static string UnknownRoot(string key) => key is "relations" or "status"
        ? "is not allowed in a file: the catalog writes it itself"
        : $"is not known at the root of an entity; allowed: {string.Join(", ", RootKeys)}{(Nearest.To(key, RootKeys) is { } near ? $". Did you mean {near}?" : "")}";

    private static string? ReadName(MapNode metadata, Complaints complaints)
    {
        var name = Required(metadata, "name", "metadata.name", metadata.Line, complaints);
        if (name is null || NameRules.IsName(name))
        {
            return name;
        }

        complaints.Refuse(metadata.Find("name")!.Line, "metadata.name", Wrong(name, NameRules.Name));
        return null;
    }

    private static string? ReadNamespace(MapNode metadata, Complaints complaints)
    {
        if (metadata.Find("namespace") is null)
        {
            return EntityRef.DefaultNamespace;
        }

        var space = Required(metadata, "namespace", "metadata.namespace", metadata.Line, complaints);
        if (space is null || NameRules.IsLabel(space))
        {
            return space;
        }

        complaints.Refuse(metadata.Find("namespace")!.Line, "metadata.namespace", Wrong(space, NameRules.Label));
        return null;
    }

    private static string? Required(MapNode map, string key, string field, int line, Complaints complaints)
    {
        switch (map.Find(key))
        {
            case null:
                complaints.Refuse(line, field, $"is missing{(map.Members.FirstOrDefault(member => string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase)) is { Key: { } other } ? $". Did you mean {key} by '{other}'?" : "")}");
                return null;
            case { Text: { Length: > 0 } text }:
                return text;
            case var node:
                complaints.Refuse(node.Line, field, node.Text is not null ? "is empty; at least one letter is needed" : $"is {Shown.Of(node)}; text is allowed{Shown.Quotes(node)}");
                return null;
        }
    }

    public static string Wrong(string text, string rule) => text.Length > NameRules.MostLetters
        ? $"is '{Shown.Text(text)}' and {text.Length} letters long; {rule}"
        : $"is '{Shown.Text(text)}'; {rule}";
}

using Stagedoor.Plugins;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stagedoor.Host.People;

/// <summary>Reads the people and groups of a file of Group and User entities.</summary>
internal static class OrganisationFile
{
    /// <exception cref="InvalidDataException">The file is not YAML, or an entity lacks what it needs; the message says where.</exception>
    public static (IReadOnlyList<Person> People, IReadOnlyList<Group> Groups) Read(string file)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(file);
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{file}:{e.Start.Line}: {e.Message}", e);
        }

        var people = new List<Person>();
        var groups = new List<Group>();
        foreach (var root in stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>())
        {
            var name = Text(root, "metadata", "name") ?? throw new InvalidDataException($"{file}:{root.Start.Line}: an entity has no metadata.name.");
            var space = Text(root, "metadata", "namespace") ?? EntityRef.DefaultNamespace;
            var title = Text(root, "spec", "profile", "displayName") ?? Text(root, "metadata", "title") ?? name;
            switch (Text(root, "kind"))
            {
                case "User":
                    people.Add(new Person(new EntityRef("user", space, name), title)
                    {
                        Email = Text(root, "spec", "profile", "email"),
                        Picture = Text(root, "spec", "profile", "picture"),
                        Description = Text(root, "metadata", "description"),
                        MemberOf = [.. Refs(root, space, "spec", "memberOf")],
                    });
                    break;
                case "Group":
                    groups.Add(new Group(new EntityRef("group", space, name), title)
                    {
                        Type = Text(root, "spec", "type"),
                        Description = Text(root, "metadata", "description"),
                        Parent = EntityRef.TryParse(Text(root, "spec", "parent"), "group", space, out var parent) ? parent : null,
                        NamedChildren = [.. Refs(root, space, "spec", "children")],
                    });
                    break;
                case var kind:
                    throw new InvalidDataException($"{file}:{root.Start.Line}: '{kind}' is neither User nor Group.");
            }
        }

        return (people, groups);
    }

    private static string? Text(YamlNode node, params ReadOnlySpan<string> path) => Walk(node, path) is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

    private static IEnumerable<EntityRef> Refs(YamlNode node, string space, params ReadOnlySpan<string> path)
    {
        var list = Walk(node, path) as YamlSequenceNode;
        return (list?.Children ?? [])
            .OfType<YamlScalarNode>()
            .Select(item => EntityRef.TryParse(item.Value, "group", space, out var parsed) ? parsed : (EntityRef?)null)
            .OfType<EntityRef>();
    }

    private static YamlNode? Walk(YamlNode node, ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (node is not YamlMappingNode map || !map.Children.TryGetValue(step, out node!))
            {
                return null;
            }
        }

        return node;
    }
}

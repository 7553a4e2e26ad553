using System.Text.Json;
using Stagedoor.Catalog.Model.Documents;

namespace Stagedoor.Catalog.Model.Checks;

/// <summary>The fields of <c>metadata</c> that are the same for all kinds. Others may stand beside them.</summary>
internal static class MetadataRules
{
    public static void Check(MapNode metadata, Complaints complaints)
    {
        foreach (var member in metadata.Members)
        {
            var value = member.Value;
            switch (member.Key)
            {
                case "uid" or "etag" or "title":
                    Text($"metadata.{member.Key}", value, mayBeEmpty: false, complaints);
                    break;
                case "description":
                    Text("metadata.description", value, mayBeEmpty: true, complaints);
                    break;
                case "labels":
                    Labels(value, complaints);
                    break;
                case "annotations" when value is not ScalarNode { Kind: JsonValueKind.Null }:
                    Annotations(value, complaints);
                    break;
                case "tags":
                    Tags(value, complaints);
                    break;
                case "links":
                    LinkRules.Check(value, complaints);
                    break;
            }
        }
    }

    public static void Text(string field, Node value, bool mayBeEmpty, Complaints complaints)
    {
        if (value.Text is not { } text)
        {
            complaints.Refuse(value.Line, field, $"is {Shown.Of(value)}; text is allowed{Shown.Quotes(value)}");
        }
        else if (!mayBeEmpty && string.IsNullOrWhiteSpace(text))
        {
            complaints.Refuse(value.Line, field, "is empty; write something, or leave it out");
        }
    }

    private static void Labels(Node value, Complaints complaints)
    {
        foreach (var (key, line, label) in Entries("metadata.labels", value, complaints))
        {
            var field = $"metadata.labels.{key}";
            Key(field, key, line, complaints);
            if (label.Text is not { } text)
            {
                complaints.Refuse(line, field, $"is {Shown.Of(label)}; text is allowed{Shown.Quotes(label)}");
            }
            else if (text.Length > 0 && !NameRules.IsName(text))
            {
                complaints.Refuse(line, field, $"{Envelope.Wrong(text, NameRules.Name)}. Longer texts belong into metadata.annotations");
            }
        }
    }

    private static void Annotations(Node value, Complaints complaints)
    {
        foreach (var (key, line, annotation) in Entries("metadata.annotations", value, complaints))
        {
            var field = $"metadata.annotations.{key}";
            Key(field, key, line, complaints);
            if (annotation.Text is null)
            {
                complaints.Refuse(line, field, $"is {Shown.Of(annotation)}; text is allowed{Shown.Quotes(annotation)}");
            }
        }
    }

    private static void Tags(Node value, Complaints complaints)
    {
        if (value is not ListNode tags)
        {
            complaints.Refuse(value.Line, "metadata.tags", $"is {Shown.Of(value)}; a list of texts is allowed");
            return;
        }

        for (var i = 0; i < tags.Items.Count; i++)
        {
            var tag = tags.Items[i];
            if (tag.Text is not { } text)
            {
                complaints.Refuse(tag.Line, $"metadata.tags[{i}]", $"is {Shown.Of(tag)}; text is allowed{Shown.Quotes(tag)}");
            }
            else if (!NameRules.IsTag(text))
            {
                var lower = text.ToLowerInvariant().Replace(' ', '-').Replace('_', '-').Replace('.', '-');
                complaints.Refuse(tag.Line, $"metadata.tags[{i}]", Envelope.Wrong(text, NameRules.Tag) + (NameRules.IsTag(lower) ? $". Write '{lower}'" : ""));
            }
        }
    }

    private static void Key(string field, string key, int line, Complaints complaints)
    {
        if (!NameRules.IsKey(key))
        {
            complaints.Refuse(line, field, $"has a key that is not allowed: {NameRules.Key}");
        }
    }

    private static List<Member> Entries(string field, Node value, Complaints complaints)
    {
        if (value is MapNode map)
        {
            return map.Members;
        }

        complaints.Refuse(value.Line, field, $"is {Shown.Of(value)}; an object of keys and texts is allowed. Leave it out if there are none");
        return [];
    }
}

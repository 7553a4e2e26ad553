using System.Text.Json;
using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Completion;

/// <summary>Writes an entity as the catalog keeps it: completed, lists without an order sorted, addresses made safe.</summary>
internal static class EntityBody
{
    /// <param name="added">What processors have added; nothing if none has.</param>
    public static void Write(Utf8JsonWriter writer, Envelope envelope, LocationNotes notes, IReadOnlySet<string> sorted, EntityAdditions? added = null)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion", envelope.ApiVersion ?? "");
        writer.WriteString("kind", envelope.Kind ?? "");
        writer.WritePropertyName("metadata");
        WriteMetadata(writer, envelope.Metadata, notes, added);
        if (envelope.Spec is { } spec)
        {
            writer.WritePropertyName("spec");
            WriteSpec(writer, spec, sorted);
        }

        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, MapNode metadata, LocationNotes notes, EntityAdditions? added)
    {
        var (hasSpace, hasNotes, hasLabels, hasTags) = (metadata.Find("namespace") is not null, false, false, false);
        writer.WriteStartObject();
        foreach (var member in metadata.Members)
        {
            writer.WritePropertyName(member.Key);
            switch (member.Key)
            {
                case "annotations":
                    hasNotes = true;
                    WriteAnnotations(writer, member.Value as MapNode, notes, added);
                    break;
                case "labels" when added?.Labels.Count > 0 && member.Value is MapNode labels:
                    hasLabels = true;
                    WriteLabels(writer, labels, added);
                    break;
                case "tags" when added?.Tags.Count > 0 && member.Value is ListNode tags:
                    hasTags = true;
                    WriteTags(writer, tags, added);
                    break;
                case "links" when member.Value is ListNode links:
                    WriteLinks(writer, links);
                    break;
                default:
                    writer.Write(member.Value);
                    break;
            }

            if (member.Key == "name" && !hasSpace)
            {
                writer.WriteString("namespace", EntityRef.DefaultNamespace);
            }
        }

        if (!hasNotes)
        {
            writer.WritePropertyName("annotations");
            WriteAnnotations(writer, null, notes, added);
        }

        if (!hasLabels && added?.Labels.Count > 0)
        {
            writer.WritePropertyName("labels");
            WriteLabels(writer, null, added);
        }

        if (!hasTags && added?.Tags.Count > 0)
        {
            writer.WritePropertyName("tags");
            WriteTags(writer, null, added);
        }

        writer.WriteEndObject();
    }

    private static void WriteAnnotations(Utf8JsonWriter writer, MapNode? own, LocationNotes notes, EntityAdditions? added)
    {
        writer.WriteStartObject();
        foreach (var member in own?.Members ?? [])
        {
            if (member.Key is LocationNotes.Managed or LocationNotes.Origin)
            {
                continue;
            }

            writer.WritePropertyName(member.Key);
            if (LocationNotes.IsUnsafe(member.Key, member.Value))
            {
                writer.WriteStringValue(SafeAddress.Instead);
            }
            else
            {
                writer.Write(member.Value);
            }
        }

        foreach (var (key, value, isOurs) in notes.Notes)
        {
            if (isOurs || own?.Find(key) is null)
            {
                writer.WriteString(key, value);
            }
        }

        foreach (var (key, value) in added?.Annotations ?? [])
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter writer, MapNode? own, EntityAdditions added)
    {
        writer.WriteStartObject();
        foreach (var member in own?.Members ?? [])
        {
            writer.WritePropertyName(member.Key);
            writer.Write(member.Value);
        }

        foreach (var (key, value) in added.Labels)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter writer, ListNode? own, EntityAdditions added)
    {
        writer.WriteStartArray();
        foreach (var item in own?.Items ?? [])
        {
            writer.Write(item);
        }

        foreach (var tag in added.Tags)
        {
            writer.WriteStringValue(tag);
        }

        writer.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter writer, ListNode links)
    {
        writer.WriteStartArray();
        foreach (var link in links.Items)
        {
            if (link is MapNode map && map.Find("url")?.Text is { } url && SafeAddress.IsScript(url))
            {
                writer.WriteStartObject();
                foreach (var member in map.Members)
                {
                    writer.WritePropertyName(member.Key);
                    if (member.Key == "url")
                    {
                        writer.WriteStringValue(SafeAddress.Instead);
                    }
                    else
                    {
                        writer.Write(member.Value);
                    }
                }

                writer.WriteEndObject();
            }
            else
            {
                writer.Write(link);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteSpec(Utf8JsonWriter writer, Node spec, IReadOnlySet<string> sorted)
    {
        if (spec is not MapNode map)
        {
            writer.Write(spec);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in map.Members)
        {
            writer.WritePropertyName(member.Key);
            if (member.Value is ListNode { Items.Count: > 1 } list && sorted.Contains(member.Key) && list.Items.TrueForAll(item => item.Text is not null))
            {
                WriteSorted(writer, list);
            }
            else
            {
                writer.Write(member.Value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteSorted(Utf8JsonWriter writer, ListNode list)
    {
        var texts = new string[list.Items.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = list.Items[i].Text!;
        }

        Array.Sort(texts, StringComparer.Ordinal);
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}

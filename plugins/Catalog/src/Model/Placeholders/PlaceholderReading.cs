using System.Text.Json;
using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Catalog.Model.Documents;

namespace Stagedoor.Catalog.Model.Placeholders;

/// <summary>
/// Puts into a document what its placeholders name: <c>$text</c>, <c>$json</c>, <c>$yaml</c>. A placeholder is an object
/// with exactly one key; objects with other keys that begin with a dollar sign stay as they are.
/// </summary>
internal sealed class PlaceholderReading(EntityFile file, Complaints complaints, List<string> beside)
{
    private const int MostPlaceholders = 100;
    private const int MostBytes = 2 * DocumentLimits.MaxBytes;

    private int _count;
    private long _bytes;

    /// <summary>Something is not there that should be, so what the kind asks cannot be judged.</summary>
    public bool HasFailed { get; private set; }

    public async ValueTask<Node> Resolve(Node node, string field, CancellationToken cancellationToken)
    {
        switch (node)
        {
            case ListNode list:
                var items = new ListNode(list.Line);
                for (var i = 0; i < list.Items.Count; i++)
                {
                    items.Add(await Resolve(list.Items[i], $"{field}[{i}]", cancellationToken));
                }

                return items;
            case MapNode map when map.Members.Exists(member => member.Key.StartsWith('$')):
                return map.Members is [{ Key: "$text" or "$json" or "$yaml" } placeholder] ? await Read(placeholder, field, cancellationToken) ?? Failed(node) : Kept(map, field);
            case MapNode map:
                var entries = new MapNode(map.Line);
                foreach (var member in map.Members)
                {
                    entries.Add(member.Key, member.Line, await Resolve(member.Value, field.Length == 0 ? member.Key : $"{field}.{member.Key}", cancellationToken));
                }

                return entries;
            default:
                return node;
        }
    }

    private Node Failed(Node node)
    {
        HasFailed = true;
        return node;
    }

    private MapNode Kept(MapNode map, string field)
    {
        if (map.Members is [{ Key: "$openapi" or "$asyncapi" } member])
        {
            complaints.Warn(member.Line, field, $"has the placeholder {member.Key}, which is not known; known: $text, $json, $yaml");
        }
        else if (map.Members.Exists(other => other.Key is "$text" or "$json" or "$yaml"))
        {
            complaints.Warn(map.Line, field, "has a placeholder and other keys beside it, so it is left as it is. A placeholder is an object with one key only");
        }

        return map;
    }

    private async ValueTask<Node?> Read(Member placeholder, string field, CancellationToken cancellationToken)
    {
        var (key, line) = (placeholder.Key, placeholder.Line);
        if (placeholder.Value.Text is not { Length: > 0 } target)
        {
            complaints.Refuse(line, field, $"has {key} with {Shown.Of(placeholder.Value)}; the path of a file beside this one, or an address, is allowed");
            return null;
        }

        if (++_count > MostPlaceholders)
        {
            complaints.Refuse(line, field, $"is one placeholder too many; a document may have {MostPlaceholders}");
            return null;
        }

        if (!beside.Contains(target, StringComparer.Ordinal))
        {
            beside.Add(target);
        }

        try
        {
            var content = await file.ReadBeside(target, cancellationToken);
            _bytes += content.Length;
            if (_bytes > MostBytes)
            {
                complaints.Refuse(line, field, $"brings the placeholders of this document to more than {MostBytes / 1024 / 1024} MB, which is too much");
                return null;
            }

            return Understand(key, FileText.Decode(content.Span), target, field, line);
        }
        catch (BrokenDocumentException broken)
        {
            complaints.Refuse(line, field, $"names {Shown.Text(target)} by {key}, which is not text: {broken.Message}");
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a reader throws concerns this entity, not the file.
            complaints.Refuse(line, field, $"names {Shown.Text(target)} by {key}, which cannot be read: {failed.Message}");
        }

        return null;
    }

    private Node? Understand(string key, string text, string target, string field, int line)
    {
        switch (key)
        {
            case "$text":
                return new ScalarNode(JsonValueKind.String, text, line);
            case "$json":
                var json = JsonDocuments.TryRead(text, out var fault);
                return json is null || json.Faults.Count > 0 ? Wrong(json is null ? fault : json.Faults[0]) : json.Root;
            default:
                var documents = YamlDocuments.Read(text).Where(document => !document.IsEmpty).ToList();
                if (documents.Count != 1)
                {
                    complaints.Refuse(line, field, $"names {Shown.Text(target)} by {key}, which has {documents.Count} documents; exactly one is allowed");
                    return null;
                }

                return documents[0].Faults.Count > 0 ? Wrong(documents[0].Faults[0]) : documents[0].Root;
        }

        Node? Wrong(Fault wrong)
        {
            complaints.Refuse(line, field, $"names {Shown.Text(target)} by {key}, where line {wrong.Line} is wrong: {(wrong.Field.Length == 0 ? "" : wrong.Field + " ")}{wrong.Message}");
            return null;
        }
    }
}

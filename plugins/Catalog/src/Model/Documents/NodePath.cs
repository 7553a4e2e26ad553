using System.Globalization;
using System.Text;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>Finds values by a path, and lines of values that are not there.</summary>
internal static class NodePath
{
    /// <summary>What stands at a dotted path. A key may have dots of its own: <c>metadata.labels.example.com/tier</c>.</summary>
    public static Node? At(this Node node, ReadOnlySpan<char> path)
    {
        if (path.IsEmpty)
        {
            return node;
        }

        if (node is MapNode map)
        {
            foreach (var member in map.Members)
            {
                if (path.StartsWith(member.Key) && (path.Length == member.Key.Length || path[member.Key.Length] == '.')
                    && member.Value.At(path.Length == member.Key.Length ? [] : path[(member.Key.Length + 1)..]) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>How many levels of lists and objects a value has.</summary>
    public static int Depth(this Node node) => node switch
    {
        MapNode map => 1 + map.Members.Select(member => member.Value.Depth()).DefaultIfEmpty().Max(),
        ListNode list => 1 + list.Items.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    /// <summary>The line of what a JSON Pointer names, or of the nearest thing around it that is there, and the pointer as a dotted path.</summary>
    public static (int Line, string Field) Locate(this Node root, string pointer)
    {
        var field = new StringBuilder();
        var (node, line) = ((Node?)root, root.Line);
        foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (node is ListNode list && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                field.Append('[').Append(name).Append(']');
                node = index < list.Items.Count ? list.Items[index] : null;
                line = node?.Line ?? line;
                continue;
            }

            field.Append(field.Length == 0 ? "" : ".").Append(name);
            var member = (node as MapNode)?.Members.Find(entry => entry.Key == name);
            (node, line) = member is { Key: not null } ? (member.Value.Value, member.Value.Line) : (null, line);
        }

        return (line, field.ToString());
    }
}

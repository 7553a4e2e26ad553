using System.Text;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>
/// The paths that occur in entities, as a tree of the names in them. Two nodes share a column if their paths differ only
/// by case or by where a dot stands.
/// </summary>
internal sealed class Paths
{
    public const int Root = 0;

    /// <summary>Not indexed: it is too long, or the catalog treats it specially.</summary>
    public const int Skipped = -1;

    private static readonly HashSet<string> Special = new(StringComparer.Ordinal)
    {
        "attachments", "relations", "status", "metadata.name", "metadata.namespace", "metadata.uid", "metadata.etag",
    };

    private readonly Dictionary<string, ColumnBuilder> _columns = new(StringComparer.Ordinal);
    private readonly List<Node> _nodes = [new Node("", null, [])];

    public IReadOnlyDictionary<string, ColumnBuilder> Columns => _columns;

    public ColumnBuilder? ColumnOf(int node) => _nodes[node].Column;

    public ColumnBuilder Column(string path)
    {
        if (!_columns.TryGetValue(path, out var column))
        {
            _columns[path] = column = new ColumnBuilder();
        }

        return column;
    }

    public int Child(int parent, JsonTokens tokens, int name)
    {
        var raw = tokens.Inner(name);
        var children = _nodes[parent].Children;
        for (var i = 0; i < children.Count && i < 8; i++)
        {
            if (raw.SequenceEqual(children[i].Name))
            {
                return children[i].Node;
            }
        }

        return children.Count <= 8 ? Add(parent, tokens, name) : ChildOfMany(parent, tokens, name);
    }

    private int ChildOfMany(int parent, JsonTokens tokens, int name)
    {
        var many = _nodes[parent].Many ??= new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var raw = tokens.Inner(name);
        Span<char> text = raw.Length <= 512 ? stackalloc char[raw.Length] : new char[raw.Length];
        var length = Encoding.UTF8.GetChars(raw, text);
        if (!many.TryGetValue(text[..length], out var node))
        {
            many[text[..length]] = node = Add(parent, tokens, name);
        }

        return node;
    }

    private int Add(int parent, JsonTokens tokens, int name)
    {
        var raw = tokens.Inner(name).ToArray();
        var text = new byte[raw.Length];
        var written = Encoding.UTF8.GetString(text.AsSpan(0, tokens.Unescape(name, text)));
        var path = _nodes[parent].Path is { Length: > 0 } above ? $"{above}.{written}" : written;
        var node = Skipped;
        var lower = path.ToLowerInvariant();
        if (!Special.Contains(path) && lower.Length <= ValueText.MostUnits)
        {
            node = _nodes.Count;
            _nodes.Add(new Node(path, null, []));
        }

        _nodes[parent].Children.Add((raw, node));
        if (node != Skipped)
        {
            _nodes[node].Column = Column(lower);
        }

        return node;
    }

    private sealed class Node(string path, ColumnBuilder? column, List<(byte[] Name, int Node)> children)
    {
        public string Path { get; } = path;

        public ColumnBuilder? Column { get; set; } = column;

        public List<(byte[] Name, int Node)> Children { get; } = children;

        public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? Many { get; set; }
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Stagedoor.Catalog.Index.Relations;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>
/// Makes a segment of entities. Each is added with its body first; when its relations are known it is completed, which
/// makes its etag. All are completed in the order in which they were added.
/// </summary>
internal sealed class SegmentBuilder(Utf8Table refs, RelationTypes types, int expected)
{
    private readonly Arena _json = new(expected > 1000 ? 1 << 20 : Math.Max(4096, expected * 2048));
    private readonly List<DocumentSlot> _documents = new(expected);
    private readonly List<byte> _hashes = new(expected * StableHash.Size);
    private readonly List<DeclaredRelation> _relations = [];
    private readonly List<int> _relationStarts = [0];
    private readonly Paths _paths = new();
    private readonly Values _values = new();
    private readonly JsonTokens _tokens = new();
    private readonly StableHash _hash = new();
    private readonly TailWriter _tails = new(refs, types);
    private readonly Dictionary<int, int> _refValues = [];
    private ColumnBuilder?[] _byType = new ColumnBuilder?[16];
    private byte[] _text = new byte[4096];
    private int _completed;

    public int Count => _documents.Count;

    public long JsonSize => _json.Size;

    public int RefOf(int document) => _documents[document].Ref;

    /// <summary>Adds an entity as the store holds it.</summary>
    /// <exception cref="InvalidOperationException">Its body is not that of an entity.</exception>
    public void Add(int reference, Guid uid, ReadOnlyMemory<byte> body)
    {
        try
        {
            AddBody(reference, uid, body);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"What the store holds of {Encoding.UTF8.GetString(refs[reference])} is not an entity: {e.Message} Have it read again from its source.", e);
        }
    }

    private void AddBody(int reference, Guid uid, ReadOnlyMemory<byte> body)
    {
        _tokens.Read(body);
        if (_tokens.Property(0, "relations"u8) >= 0 || _tokens.Property(0, "status"u8) >= 0)
        {
            _tokens.Read(HeadWriter.WithoutOurs(_tokens));
        }

        Span<byte> hash = stackalloc byte[StableHash.Size];
        _hash.Of(_tokens, hash);
        _hashes.AddRange(hash);
        var head = HeadWriter.Write(_tokens, uid, _json, out var etag);
        Index(reference, uid, head, etag);
    }

    /// <summary>Adds an entity of another segment.</summary>
    public void Add(Segment from, int document)
    {
        var head = from.HeadOf(document);
        if (_text.Length <= head.Length)
        {
            _text = new byte[head.Length * 2];
        }

        head.CopyTo(_text);
        _text[head.Length] = (byte)'}';
        _tokens.Read(_text.AsMemory(0, head.Length + 1));
        _hashes.AddRange(from.HashOf(document));
        var slice = _json.Append(head.Length);
        head.CopyTo(_json[slice]);
        Index(from.RefNumberOf(document), from.UidOf(document), slice, from.EtagOf(document));
    }

    /// <param name="relations">In order, each once.</param>
    public void Complete(ReadOnlySpan<DeclaredRelation> relations, ReadOnlySpan<byte> status)
    {
        var document = _completed++;
        ref var slot = ref CollectionsMarshal.AsSpan(_documents)[document];
        (slot.Tail, slot.Status) = _tails.Write(relations, status, _json);
        if (slot.Etag >= 0)
        {
            var hash = CollectionsMarshal.AsSpan(_hashes).Slice(document * StableHash.Size, StableHash.Size);
            _tails.WriteEtag(hash, _json[slot.Head].Slice(slot.Etag, StableHash.Size * 2));
        }

        _relations.AddRange(relations);
        _relationStarts.Add(_relations.Count);
        foreach (var (relation, _) in relations)
        {
            if (!_refValues.TryGetValue(relation.Other, out var value))
            {
                _refValues[relation.Other] = value = AddValue(refs[relation.Other]);
            }

            if (relation.Type >= _byType.Length)
            {
                Array.Resize(ref _byType, relation.Type + 16);
            }

            var column = _byType[relation.Type] ??= _paths.Column(types[relation.Type].Path);
            if (value < 0)
            {
                column.AddNull(document);
            }
            else
            {
                column.Add(document, value, isItem: false);
            }
        }
    }

    public Segment Build()
    {
        var count = Count;
        var order = new int[count];
        var inOrder = true;
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
            inOrder &= i == 0 || refs[RefOf(i - 1)].SequenceCompareTo(refs[RefOf(i)]) < 0;
        }

        if (!inOrder)
        {
            Array.Sort(order, (a, b) => refs[RefOf(a)].SequenceCompareTo(refs[RefOf(b)]));
        }

        var place = new int[count];
        var documents = new DocumentSlot[count];
        var hashes = new byte[count * StableHash.Size];
        var refStarts = new int[count + 1];
        var relationStarts = new int[count + 1];
        var relations = new DeclaredRelation[_relations.Count];
        var ownRelations = CollectionsMarshal.AsSpan(_relations);
        var ownHashes = CollectionsMarshal.AsSpan(_hashes);
        for (var i = 0; i < count; i++)
        {
            var from = order[i];
            place[from] = i;
            documents[i] = _documents[from];
            ownHashes.Slice(from * StableHash.Size, StableHash.Size).CopyTo(hashes.AsSpan(i * StableHash.Size));
            refStarts[i + 1] = refStarts[i] + refs[documents[i].Ref].Length;
            var own = ownRelations[_relationStarts[from].._relationStarts[from + 1]];
            own.CopyTo(relations.AsSpan(relationStarts[i]));
            relationStarts[i + 1] = relationStarts[i] + own.Length;
        }

        var bytes = new byte[refStarts[count]];
        for (var i = 0; i < count; i++)
        {
            refs[documents[i].Ref].CopyTo(bytes.AsSpan(refStarts[i]));
        }

        var columns = new Dictionary<string, Column>(_paths.Columns.Count, StringComparer.Ordinal);
        var scratch = new Scratch(1024);
        foreach (var (path, builder) in _paths.Columns)
        {
            if (builder.Build(_values, place, inOrder, scratch) is { } column)
            {
                columns[path] = column;
            }
        }

        _json.Trim();
        return new Segment(new SegmentShape(documents, bytes, refStarts, hashes, relationStarts, relations, _json, columns));
    }

    private void Index(int reference, Guid uid, Slice head, int etag)
    {
        var document = _documents.Count;
        _documents.Add(new DocumentSlot(reference, uid, head, default, etag, 0));
        Visit(Paths.Root, 0, document, isItem: false);

        var metadata = _tokens.Property(0, "metadata"u8);
        if (metadata >= 0)
        {
            AddText("metadata.name", _tokens.Property(metadata, "name"u8), document);
            var space = _tokens.Property(metadata, "namespace"u8);
            if (space < 0)
            {
                _paths.Column("metadata.namespace").Add(document, AddValue("default"u8), isItem: false);
            }
            else
            {
                AddText("metadata.namespace", space, document);
            }
        }

        Span<byte> text = stackalloc byte[36];
        uid.TryFormat(text, out _);
        _paths.Column("metadata.uid").Add(document, AddValue(text), isItem: false);
    }

    private void AddText(string path, int token, int document)
    {
        if (token >= 0)
        {
            AddScalar(_paths.Column(path), token, document, isItem: false);
        }
    }

    private void Visit(int path, int index, int document, bool isItem)
    {
        ref readonly var token = ref _tokens[index];
        var next = token.Next;
        switch (token.Type)
        {
            case JsonTokenType.StartObject:
                for (var name = index + 1; name < next; name = _tokens[name + 1].Next)
                {
                    if (_paths.Child(path, _tokens, name) is not Paths.Skipped and var child)
                    {
                        Visit(child, name + 1, document, isItem: false);
                    }
                }

                break;
            case JsonTokenType.StartArray:
                for (var item = index + 1; item < next; item = _tokens[item].Next)
                {
                    Visit(path, item, document, isItem: true);
                }

                break;
            default:
                if (_paths.ColumnOf(path) is { } column)
                {
                    AddScalar(column, index, document, isItem && token.Type == JsonTokenType.String);
                }

                break;
        }
    }

    private void AddScalar(ColumnBuilder column, int index, int document, bool isItem)
    {
        var value = _tokens[index].Type switch
        {
            JsonTokenType.String => _tokens[index].IsEscaped ? AddEscaped(index) : AddValue(_tokens.Inner(index)),
            JsonTokenType.Number => AddNumber(index),
            JsonTokenType.True => AddValue("true"u8),
            JsonTokenType.False => AddValue("false"u8),
            _ => -1,
        };
        if (value < 0)
        {
            column.AddNull(document);
        }
        else
        {
            column.Add(document, value, isItem);
        }
    }

    private int AddNumber(int index)
    {
        Span<byte> text = stackalloc byte[32];
        return AddValue(text[..ValueText.Number(_tokens.Raw(index), text)]);
    }

    private int AddEscaped(int index)
    {
        // An escape takes up to six bytes for one.
        var inner = _tokens.Inner(index);
        if (inner.Length > ValueText.MostBytes * 6)
        {
            return -1;
        }

        Span<byte> text = stackalloc byte[inner.Length];
        return AddValue(text[.._tokens.Unescape(index, text)]);
    }

    /// <summary>The number of a value, or -1 if it is too long to be compared.</summary>
    private int AddValue(ReadOnlySpan<byte> text)
    {
        if (text.Length <= ValueText.MostUnits && text.IndexOfAnyInRange((byte)'A', (byte)'Z') < 0 && Ascii.IsValid(text))
        {
            return _values.Add(text, text);
        }

        return text.Length > ValueText.MostBytes ? -1 : AddInLowerCase(text);
    }

    private int AddInLowerCase(ReadOnlySpan<byte> text)
    {
        Span<byte> lower = stackalloc byte[ValueText.MostBytes];
        var length = ValueText.Lower(text, lower);
        return length < 0 ? -1 : _values.Add(text, lower[..length]);
    }
}

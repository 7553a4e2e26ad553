using System.Buffers;
using System.Text;
using System.Text.Json;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>
/// The parameter <c>fields</c>: the parts of entities that are wanted. A path goes down by the shortest name that is there,
/// so that names with dots are found too.
/// </summary>
internal sealed class Projection
{
    private readonly byte[][][] _fields;
    private readonly JsonTokens _tokens = new();
    private readonly Dictionary<int, bool> _wanted = [];
    private byte[] _text = new byte[8192];

    private Projection(IEnumerable<string> fields) => _fields = [.. fields.Select(field => field.Split('.').Select(Encoding.UTF8.GetBytes).ToArray())];

    /// <returns>Nothing, if whole entities are wanted.</returns>
    public static Projection? Of(IEnumerable<string>? fields)
    {
        string[] wanted = [.. (fields ?? []).SelectMany(field => field.Split(',')).Select(field => field.Trim()).Where(field => field.Length > 0).Distinct(StringComparer.Ordinal)];
        if (wanted.FirstOrDefault(field => field.Contains('[', StringComparison.Ordinal)) is { } list)
        {
            throw ApiFault.Input($"Invalid field \"{list}\", array type fields are not supported");
        }

        return wanted.Length == 0 ? null : new Projection(wanted);
    }

    public void Write(Found entity, IBufferWriter<byte> into)
    {
        if (_text.Length < entity.Length)
        {
            _text = new byte[entity.Length * 2];
        }

        entity.Head.CopyTo(_text);
        entity.Tail.CopyTo(_text.AsSpan(entity.Head.Length));
        _tokens.Read(_text.AsMemory(0, entity.Length));
        _wanted.Clear();
        var path = new List<int>();
        foreach (var field in _fields)
        {
            path.Clear();
            if (Find(field, path))
            {
                for (var i = 0; i < path.Count; i++)
                {
                    var isWhole = i == path.Count - 1;
                    _wanted[path[i]] = isWhole || (_wanted.TryGetValue(path[i], out var known) && known);
                }
            }
        }

        WriteObject(0, into);
    }

    /// <summary>Finds the values on the way to a field, by their tokens.</summary>
    private bool Find(byte[][] field, List<int> path)
    {
        var (at, from) = (0, 0);
        while (from < field.Length)
        {
            var found = -1;
            byte[] name = [];
            for (var to = from; to < field.Length && found < 0; to++)
            {
                name = to == from ? field[from] : [.. name, (byte)'.', .. field[to]];
                found = _tokens.Property(at, name);
                if (found >= 0)
                {
                    from = to + 1;
                }
            }

            if (found < 0)
            {
                return false;
            }

            path.Add(found);
            at = found;
        }

        return true;
    }

    private void WriteObject(int index, IBufferWriter<byte> into)
    {
        into.Write("{"u8);
        var isFirst = true;
        for (var name = index + 1; name < _tokens[index].Next; name = _tokens[name + 1].Next)
        {
            if (!_wanted.TryGetValue(name + 1, out var isWhole))
            {
                continue;
            }

            into.Write(isFirst ? default : ","u8);
            into.Write(_tokens.Raw(name));
            into.Write(":"u8);
            if (isWhole || _tokens[name + 1].Type != JsonTokenType.StartObject)
            {
                into.Write(_tokens.Raw(name + 1));
            }
            else
            {
                WriteObject(name + 1, into);
            }

            isFirst = false;
        }

        into.Write("}"u8);
    }
}

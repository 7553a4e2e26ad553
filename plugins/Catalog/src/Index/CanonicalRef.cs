using System.Text;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index;

/// <summary>A reference as it is stored and compared: <c>kind:namespace/name</c> in lower case, as UTF-8.</summary>
internal ref struct CanonicalRef
{
    private readonly Span<byte> _buffer;
    private byte[]? _large;
    private int _length;

    public CanonicalRef(Span<byte> buffer, EntityRef reference)
        : this(buffer, reference.Kind, reference.Namespace, reference.Name)
    {
    }

    public CanonicalRef(Span<byte> buffer, string kind, string space, string name)
    {
        _buffer = buffer;
        if ((kind.Length + space.Length + name.Length + 2) * 3 > buffer.Length)
        {
            _large = Encoding.UTF8.GetBytes($"{kind}:{space}/{name}".ToLowerInvariant());
            _length = _large.Length;
            return;
        }

        Add(kind);
        _buffer[_length++] = (byte)':';
        Add(space);
        _buffer[_length++] = (byte)'/';
        Add(name);
    }

    public readonly ReadOnlySpan<byte> Text => _large ?? _buffer[.._length];

    private void Add(string part)
    {
        if (Ascii.IsValid(part))
        {
            Ascii.ToLower(part, _buffer[_length..], out var written);
            _length += written;
        }
        else
        {
            _length += Encoding.UTF8.GetBytes(part.ToLowerInvariant(), _buffer[_length..]);
        }
    }
}

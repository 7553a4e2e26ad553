using System.Text;
using System.Text.Json;

namespace Stagedoor.Catalog.Index.Relations;

/// <summary>The types of relations that occur, under small numbers. One thread adds; others may read what they were handed.</summary>
internal sealed class RelationTypes
{
    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);
    private RelationType[] _types = new RelationType[16];

    public RelationType this[int number] => Volatile.Read(ref _types)[number];

    public ushort Add(string name)
    {
        if (_numbers.TryGetValue(name, out var number))
        {
            return number;
        }

        if (_numbers.Count == ushort.MaxValue)
        {
            throw new InvalidOperationException($"There are {ushort.MaxValue} types of relations already, so '{name}' cannot be added. Types are names such as dependsOn, not data.");
        }

        number = (ushort)_numbers.Count;
        if (number == _types.Length)
        {
            var larger = new RelationType[number * 2];
            _types.CopyTo(larger, 0);
            Volatile.Write(ref _types, larger);
        }

        _types[number] = new RelationType(name, JsonSerializer.SerializeToUtf8Bytes(name), $"relations.{name}".ToLowerInvariant());
        _numbers[name] = number;
        return number;
    }
}

/// <param name="Json">The name as JSON writes it.</param>
/// <param name="Path">Where its targets are indexed.</param>
internal sealed record RelationType(string Name, byte[] Json, string Path)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);
}

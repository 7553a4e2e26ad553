namespace Stagedoor.Catalog.Model.Documents;

/// <summary>Finds a key among many, without regard to case.</summary>
internal sealed class MapKeys
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);

    public Member? Find(MapNode map, string key)
    {
        for (var i = _positions.Count; i < map.Members.Count; i++)
        {
            _positions.TryAdd(map.Members[i].Key, i);
        }

        return _positions.TryGetValue(key, out var position) ? map.Members[position] : null;
    }

    public static Fault Twice(Member first, string key, int line) => new(line, key, first.Key == key
        ? $"stands here a second time; the first is in line {first.Line}. Remove one"
        : $"differs from '{first.Key}' (line {first.Line}) only by upper and lower case, which the catalog does not tell apart. Remove one");
}

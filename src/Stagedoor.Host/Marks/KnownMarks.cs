using System.Collections.Immutable;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>The entities that are marked in one way, and the marks of which it is not known yet what has become of them.</summary>
internal sealed class KnownMarks(IEnumerable<string> keys, int prefix)
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, long> _changed = new(StringComparer.Ordinal);
    private volatile ImmutableHashSet<EntityRef> _entities = [.. keys.Select(key => EntityOf(key, prefix)).OfType<EntityRef>()];
    private long _notes;

    public IReadOnlySet<EntityRef> Entities => _entities;

    /// <returns>How many are to be looked at.</returns>
    public int Note(string key)
    {
        lock (_changing)
        {
            _changed[key] = ++_notes;
            return _changed.Count;
        }
    }

    /// <summary>The keys to look at, each with the number of its latest note.</summary>
    public IReadOnlyDictionary<string, long> Changed()
    {
        lock (_changing)
        {
            return _changed.Count == 0 ? ImmutableDictionary<string, long>.Empty : new Dictionary<string, long>(_changed, StringComparer.Ordinal);
        }
    }

    /// <summary>Takes what was found. What has changed again meanwhile is looked at once more.</summary>
    public void Apply(IReadOnlyDictionary<string, long> lookedAt, HashSet<string> found, int prefix)
    {
        lock (_changing)
        {
            foreach (var (key, note) in lookedAt)
            {
                if (!_changed.TryGetValue(key, out var latest) || latest != note)
                {
                    continue;
                }

                _changed.Remove(key);
                if (EntityOf(key, prefix) is { } entity)
                {
                    _entities = found.Contains(key) ? _entities.Add(entity) : _entities.Remove(entity);
                }
            }
        }
    }

    private static EntityRef? EntityOf(string key, int prefix) => EntityRef.TryParse(key[prefix..], provider: null, out var entity) ? entity : null;
}

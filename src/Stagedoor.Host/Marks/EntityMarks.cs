using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>Stars and subscriptions as personal settings, each with the time when it was set.</summary>
internal sealed class EntityMarks(IPersonalSettings settings, MarkedEntities marked, TimeProvider time) : IEntityMarks
{
    public async ValueTask<IReadOnlyList<EntityRef>> Of(EntityRef person, EntityMark mark, CancellationToken cancellationToken)
    {
        var prefix = Prefix(mark);
        var found = new List<(EntityRef Entity, string Key, DateTimeOffset At)>();
        foreach (var (key, value) in await settings.List(person, prefix, cancellationToken))
        {
            // Who writes such a setting past this class may write anything.
            if (EntityRef.TryParse(key[prefix.Length..], provider: null, out var entity))
            {
                found.Add((entity, key, At(value)));
            }
        }

        return [.. found.OrderByDescending(one => one.At).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Entity)];
    }

    public async Task Set(EntityRef person, EntityMark mark, EntityRef entity, bool on, CancellationToken cancellationToken)
    {
        if (on)
        {
            await settings.Set(person, Key(mark, entity), time.GetUtcNow(), cancellationToken);
        }
        else
        {
            await settings.Remove(person, Key(mark, entity), cancellationToken);
        }

        marked.Note(Key(mark, entity));
    }

    public async ValueTask<IReadOnlyList<EntityRef>> WhoHas(EntityMark mark, EntityRef entity, CancellationToken cancellationToken) =>
        await settings.WhoHas(Key(mark, entity), cancellationToken);

    public ValueTask<IReadOnlySet<EntityRef>> Marked(EntityMark mark, CancellationToken cancellationToken) => marked.Marked(Prefix(mark), cancellationToken);

    public static string Key(EntityMark mark, EntityRef entity) => Prefix(mark) + entity;

    public static string Prefix(EntityMark mark) => mark == EntityMark.Star ? "portal.star/" : "portal.subscription/";

    private static DateTimeOffset At(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DateTimeOffset>(json);
        }
        catch (JsonException)
        {
            return DateTimeOffset.UnixEpoch;
        }
    }
}

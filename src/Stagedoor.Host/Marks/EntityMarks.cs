using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>Stars and subscriptions as personal settings, each with the time when it was set.</summary>
internal sealed class EntityMarks(IPersonalSettings settings, IDatabase database, TimeProvider time) : IEntityMarks
{
    public async ValueTask<IReadOnlyList<EntityRef>> Of(EntityRef person, EntityMark mark, CancellationToken cancellationToken)
    {
        var prefix = Prefix(mark);
        var marked = await settings.List(person, prefix, cancellationToken);
        return
        [
            .. marked
                .Select(setting => (Key: setting.Key[prefix.Length..], At: JsonSerializer.Deserialize<DateTimeOffset>(setting.Value)))
                .OrderByDescending(setting => setting.At)
                .ThenBy(setting => setting.Key, StringComparer.Ordinal)
                .Select(setting => EntityRef.Parse(setting.Key)),
        ];
    }

    public Task Set(EntityRef person, EntityMark mark, EntityRef entity, bool on, CancellationToken cancellationToken) =>
        on ? settings.Set(person, Key(mark, entity), time.GetUtcNow(), cancellationToken) : settings.Remove(person, Key(mark, entity), cancellationToken);

    public async ValueTask<IReadOnlyList<EntityRef>> WhoHas(EntityMark mark, EntityRef entity, CancellationToken cancellationToken) =>
        await settings.WhoHas(Key(mark, entity), cancellationToken);

    public async ValueTask<IReadOnlySet<EntityRef>> Marked(EntityMark mark, CancellationToken cancellationToken)
    {
        var prefix = Prefix(mark);
        var keys = await database.Query<string>("select distinct key from portal_personal_settings where key like @all", new { all = $"{prefix}%" }, cancellationToken);
        return keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => EntityRef.Parse(key[prefix.Length..])).ToHashSet();
    }

    private static string Key(EntityMark mark, EntityRef entity) => Prefix(mark) + entity.ToString().ToLowerInvariant();

    private static string Prefix(EntityMark mark) => mark == EntityMark.Star ? "portal.star/" : "portal.subscription/";
}

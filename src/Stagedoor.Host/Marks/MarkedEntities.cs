using Stagedoor.Host.Notices;
using Stagedoor.Host.PersonalSettings;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>Which entities anybody has marked, for those who look at every change of the catalog and care about few.</summary>
internal sealed class MarkedEntities(IDatabase database)
    : KeptUntilNotice<IReadOnlySet<EntityRef>>(database, SettingHolders.Channel, mostBytes: 128 * 1024 * 1024)
{
    private readonly IDatabase _database = database;

    protected override string SubjectOf(string notice)
    {
        var slash = notice.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? notice : notice[..(slash + 1)];
    }

    protected override async Task<(IReadOnlySet<EntityRef> Value, long Bytes)> Read(string subject, CancellationToken cancellationToken)
    {
        // The next character after the slash ends the range; as bytes, whatever the database thinks of the order of words.
        var keys = await _database.Query<string>(
            Sql.For(
                sqlite: "select distinct key from portal_personal_settings where key >= @subject and key < @end",
                postgres: "select distinct key from portal_personal_settings where starts_with(key, @subject)"),
            new { subject, end = subject[..^1] + (char)(subject[^1] + 1) },
            cancellationToken);
        var entities = new HashSet<EntityRef>();
        foreach (var key in keys)
        {
            if (EntityRef.TryParse(key[subject.Length..], provider: null, out var entity))
            {
                entities.Add(entity);
            }
        }

        return (entities, 100 + (200L * entities.Count));
    }
}

using Stagedoor.Host.Notices;
using Stagedoor.Host.PersonalSettings;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>
/// Which entities anybody has marked, for those who look at every change of the catalog and care about few. All are read once;
/// of a mark that is set or taken away only that one is looked at again.
/// </summary>
internal sealed class MarkedEntities(IDatabase database) : KeptUntilNotice<KnownMarks>(database, SettingHolders.Channel, mostBytes: 128 * 1024 * 1024)
{
    private const int MostToLookAt = 1000;

    private readonly IDatabase _database = database;

    /// <param name="prefix">What the keys of such marks begin with, up to a slash.</param>
    public async ValueTask<IReadOnlySet<EntityRef>> Marked(string prefix, CancellationToken cancellationToken)
    {
        var marks = await Of(prefix, cancellationToken);
        var changed = marks.Changed();
        if (changed.Count > 0)
        {
            var set = await _database.Query<string>("select distinct key from portal_personal_settings where key in @keys", new { keys = changed.Keys }, cancellationToken);
            marks.Apply(changed, set.ToHashSet(StringComparer.Ordinal), prefix.Length);
        }

        return marks.Entities;
    }

    /// <summary>Somebody has set or removed a setting, which may be a mark.</summary>
    public void Note(string key) => Hear(key);

    protected override void Hear(string? notice)
    {
        var slash = notice?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0)
        {
            Forget(notice);
            return;
        }

        var prefix = notice![..(slash + 1)];
        HasChanged(prefix);
        if (Kept(prefix) is { } marks && marks.Note(notice) > MostToLookAt)
        {
            Forget(prefix);
        }
    }

    protected override async Task<(KnownMarks Value, long Bytes)> Read(string subject, CancellationToken cancellationToken)
    {
        // The next character after the slash ends the range; as bytes, whatever the database thinks of the order of words.
        var keys = await _database.Query<string>(
            Sql.For(
                sqlite: "select distinct key from portal_personal_settings where key >= @subject and key < @end",
                postgres: "select distinct key from portal_personal_settings where starts_with(key, @subject)"),
            new { subject, end = subject[..^1] + (char)(subject[^1] + 1) },
            cancellationToken);
        var marks = new KnownMarks(keys, subject.Length);
        return (marks, 100 + (200L * marks.Entities.Count));
    }
}

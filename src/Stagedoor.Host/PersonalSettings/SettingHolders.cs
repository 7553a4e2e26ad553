using Stagedoor.Host.Notices;
using Stagedoor.Plugins;

namespace Stagedoor.Host.PersonalSettings;

/// <summary>Who has set a key, for keys that are asked about often: the page of an entity says how many people starred it.</summary>
internal sealed class SettingHolders(IDatabase database) : KeptUntilNotice<IReadOnlyList<EntityRef>>(database, Channel, mostBytes: 16 * 1024 * 1024)
{
    public const string Channel = "portal_setting_holders";
    private readonly IDatabase _database = database;

    protected override async Task<(IReadOnlyList<EntityRef> Value, long Bytes)> Read(string subject, CancellationToken cancellationToken)
    {
        var people = await _database.Query<string>(
            "select person from portal_personal_settings where key = @subject order by person", new { subject }, cancellationToken);
        return ([.. people.Select(EntityRef.Parse)], 300 + (150L * people.Count));
    }
}

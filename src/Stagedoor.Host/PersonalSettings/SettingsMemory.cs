using System.Collections.Frozen;
using Stagedoor.Host.Notices;
using Stagedoor.Plugins;

namespace Stagedoor.Host.PersonalSettings;

/// <summary>The settings of people who come often, by key.</summary>
internal sealed class SettingsMemory(IDatabase database)
    : KeptUntilNotice<IReadOnlyDictionary<string, string>>(database, Channel, mostBytes: 64 * 1024 * 1024)
{
    public const string Channel = "portal_personal_settings";
    private readonly IDatabase _database = database;

    protected override async Task<(IReadOnlyDictionary<string, string> Value, long Bytes)> Read(string person, CancellationToken cancellationToken)
    {
        var rows = await _database.Query<SettingRow>("select key, value from portal_personal_settings where person = @person", new { person }, cancellationToken);
        var bytes = 200 + rows.Sum(row => 100L + (2L * (row.Key.Length + row.Value.Length)));
        return (rows.ToFrozenDictionary(row => row.Key, row => row.Value), bytes);
    }

    private sealed class SettingRow
    {
        public string Key { get; init; } = "";

        public string Value { get; init; } = "";
    }
}

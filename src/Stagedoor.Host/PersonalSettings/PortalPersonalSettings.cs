using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stagedoor.Plugins;

namespace Stagedoor.Host.PersonalSettings;

/// <summary>What people have chosen, as rows of <c>portal_personal_settings</c> behind a memory of those who come often.</summary>
internal sealed partial class PortalPersonalSettings(IDatabase database, SettingsMemory memory, SettingHolders holders, TimeProvider time) : IPersonalSettings
{
    public const int MostKeys = 2000;
    public const int LongestValue = 64 * 1024;

    public async ValueTask<T?> Get<T>(EntityRef person, string key, CancellationToken cancellationToken)
    {
        Check(key);
        var settings = await memory.Of(person.ToString(), cancellationToken);
        return settings.TryGetValue(key, out var json) ? JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web) : default;
    }

    public async ValueTask<IReadOnlyDictionary<string, string>> List(EntityRef person, string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var settings = await memory.Of(person.ToString(), cancellationToken);
        return settings.Where(setting => setting.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(setting => setting.Key, setting => setting.Value);
    }

    public async Task Set<T>(EntityRef person, string key, T value, CancellationToken cancellationToken)
    {
        Check(key);
        var json = JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
        if (Encoding.UTF8.GetByteCount(json) > LongestValue)
        {
            throw new ArgumentException($"A personal setting is at most {LongestValue / 1024} KB of JSON; the one for '{key}' is longer.", nameof(value));
        }

        await Change(
            person.ToString(),
            async (transaction, args) =>
            {
                var changed = await transaction.Execute(
                    "update portal_personal_settings set value = @Value, changed_at = @Now where person = @Person and key = @Key", args, cancellationToken);
                if (changed > 0)
                {
                    return;
                }

                var count = await transaction.Find<long>("select count(*) from portal_personal_settings where person = @Person", args, cancellationToken);
                if (count >= MostKeys)
                {
                    throw new TooManySettingsException($"A person has at most {MostKeys:N0} settings. Remove some before adding '{key}'.");
                }

                await transaction.Execute(
                    """
                    insert into portal_personal_settings (person, key, value, changed_at) values (@Person, @Key, @Value, @Now)
                    on conflict (person, key) do update set value = excluded.value, changed_at = excluded.changed_at
                    """,
                    args,
                    cancellationToken);
            },
            key,
            json,
            cancellationToken);
    }

    public Task Remove(EntityRef person, string key, CancellationToken cancellationToken)
    {
        Check(key);
        return Change(
            person.ToString(),
            (transaction, args) => transaction.Execute("delete from portal_personal_settings where person = @Person and key = @Key", args, cancellationToken),
            key,
            json: "",
            cancellationToken);
    }

    public Task<IReadOnlyList<EntityRef>> WhoHas(string key, CancellationToken cancellationToken)
    {
        Check(key);
        return holders.Of(key, cancellationToken).AsTask();
    }

    /// <summary>Deletes all that somebody has chosen.</summary>
    public async Task Forget(EntityRef person, CancellationToken cancellationToken)
    {
        var name = person.ToString();
        await database.Transaction(
            async transaction =>
            {
                await transaction.Execute("delete from portal_personal_settings where person = @name", new { name }, cancellationToken);
                await transaction.Notify(SettingsMemory.Channel, name, cancellationToken);
                await transaction.Notify(SettingHolders.Channel, SettingHolders.Everybody, cancellationToken);
            },
            cancellationToken);
        memory.Forget(name);
        holders.Forget(SettingHolders.Everybody);
    }

    private async Task Change(string person, Func<ITransaction, Args, Task> change, string key, string json, CancellationToken cancellationToken)
    {
        await database.Transaction(
            async transaction =>
            {
                await change(transaction, new Args(person, key, json, time.GetUtcNow()));
                await transaction.Notify(SettingsMemory.Channel, person, cancellationToken);
                await transaction.Notify(SettingHolders.Channel, key, cancellationToken);
            },
            cancellationToken);

        // The notice comes a moment later; whoever has set something reads it back at once.
        memory.Forget(person);
        holders.Forget(key);
    }

    public static bool IsKey(string key) => key.Length <= 300 && KeyPattern().IsMatch(key);

    private static void Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsKey(key))
        {
            throw new ArgumentException($"'{key}' is not a key of a setting. Write the plugin's id, a dot and a name: letters, digits and . _ : / @ + -, at most 300.", nameof(key));
        }
    }

    [GeneratedRegex("^[a-z0-9-]+\\.[A-Za-z0-9._:/@+-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPattern();

    private sealed record Args(string Person, string Key, string Value, DateTimeOffset Now);
}

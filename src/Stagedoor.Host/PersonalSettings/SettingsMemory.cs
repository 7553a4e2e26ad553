using System.Collections.Frozen;
using Microsoft.Extensions.Caching.Memory;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.PersonalSettings;

/// <summary>
/// Holds the settings of people who come often: every page reads some. Notices from all replicas say whose have
/// changed; time sees to the rest, should one get lost.
/// </summary>
internal sealed class SettingsMemory(IDatabase database) : IBackgroundPart, IDisposable
{
    public const string Channel = "portal_personal_settings";
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(2);
    private readonly MemoryCache _people = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private IDisposable? _listening;
    private long _changes;

    public Task Start(CancellationToken cancellationToken)
    {
        _listening = database.Listen(Channel, (person, _) =>
        {
            Forget(person);
            return Task.CompletedTask;
        });
        Forget(person: null);
        return Task.CompletedTask;
    }

    public Task Stop(CancellationToken cancellationToken)
    {
        _listening?.Dispose();
        _listening = null;
        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyDictionary<string, string>> Of(string person, CancellationToken cancellationToken) =>
        _listening is not null && _people.TryGetValue(person, out IReadOnlyDictionary<string, string>? known) && known is not null
            ? ValueTask.FromResult(known)
            : new ValueTask<IReadOnlyDictionary<string, string>>(Load(person, cancellationToken));

    public void Forget(string? person)
    {
        Interlocked.Increment(ref _changes);
        if (person is null)
        {
            _people.Clear();
        }
        else
        {
            _people.Remove(person);
        }
    }

    public void Dispose()
    {
        _listening?.Dispose();
        _people.Dispose();
    }

    private async Task<IReadOnlyDictionary<string, string>> Load(string person, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        var rows = await database.Query<SettingRow>("select key, value from portal_personal_settings where person = @person", new { person }, cancellationToken);
        IReadOnlyDictionary<string, string> settings = rows.ToFrozenDictionary(row => row.Key, row => row.Value);
        var bytes = 200 + rows.Sum(row => 100L + (2L * (row.Key.Length + row.Value.Length)));
        _people.Set(person, settings, new MemoryCacheEntryOptions { Size = bytes, AbsoluteExpirationRelativeToNow = LongEnough });
        if (Interlocked.Read(ref _changes) != changes)
        {
            // They changed while they were being read.
            _people.Remove(person);
        }

        return settings;
    }

    private sealed class SettingRow
    {
        public string Key { get; init; } = "";

        public string Value { get; init; } = "";
    }
}

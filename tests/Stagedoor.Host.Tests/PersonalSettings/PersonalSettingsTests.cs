using Stagedoor.Host.PersonalSettings;
using Stagedoor.Host.Tests.Storing;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.PersonalSettings;

/// <summary>What keeping people's choices promises, on both databases.</summary>
public abstract class PersonalSettingsTests(TestDatabase database) : PortalStoreTests(database)
{
    private static readonly EntityRef Mae = EntityRef.User("mae");
    private static readonly EntityRef Ben = EntityRef.User("ben");

    private SettingsMemory? _memory;
    private SettingHolders? _holders;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PortalPersonalSettings Settings => new(Database, _memory!, _holders!, TimeProvider.System);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _memory = new SettingsMemory(Database);
        await _memory.Start(Stop);
        _holders = new SettingHolders(Database);
        await _holders.Start(Stop);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _memory?.Dispose();
        _holders?.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task What_was_set_is_read_back_at_once()
    {
        (await Settings.Get<string>(Mae, "portal.theme", Stop)).ShouldBeNull();
        await Settings.Set(Mae, "portal.theme", "dark", Stop);
        (await Settings.Get<string>(Mae, "portal.theme", Stop)).ShouldBe("dark");
        await Settings.Set(Mae, "portal.theme", "light", Stop);
        (await Settings.Get<string>(Mae, "portal.theme", Stop)).ShouldBe("light");
        (await Settings.Get<string>(Ben, "portal.theme", Stop)).ShouldBeNull();

        await Settings.Remove(Mae, "portal.theme", Stop);

        (await Settings.Get<string>(Mae, "portal.theme", Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Settings_are_listed_by_prefix_and_by_who_has_them()
    {
        await Settings.Set(Mae, "catalog.star:component:default/kiln", true, Stop);
        await Settings.Set(Ben, "catalog.star:component:default/kiln", true, Stop);
        await Settings.Set(Mae, "catalog.star:component:default/till", true, Stop);
        await Settings.Set(Mae, "portal.theme", "dark", Stop);

        (await Settings.List(Mae, "catalog.star:", Stop)).Keys.Order().ShouldBe(["catalog.star:component:default/kiln", "catalog.star:component:default/till"]);
        (await Settings.WhoHas("catalog.star:component:default/kiln", Stop)).ShouldBe([Ben, Mae]);
    }

    [Fact]
    public async Task What_another_replica_sets_is_soon_seen_here()
    {
        await using var open = Fixture.OpenAgain();

        // SQLite has one process; the other replica is then one with a memory of its own.
        var there = Database.Dialect == Dialect.Postgres ? (IDatabase)open : Database;
        using var otherMemory = new SettingsMemory(there);
        await otherMemory.Start(Stop);
        using var otherHolders = new SettingHolders(there);
        var other = new PortalPersonalSettings(there, otherMemory, otherHolders, TimeProvider.System);
        (await Settings.Get<string>(Mae, "portal.theme", Stop)).ShouldBeNull();

        await other.Set(Mae, "portal.theme", "dark", Stop);

        await Eventually.Be(async () => await Settings.Get<string>(Mae, "portal.theme", Stop) == "dark", "the notice has arrived");
    }

    [Fact]
    public async Task Who_has_set_a_key_is_remembered_and_heard_of_from_another_replica()
    {
        await using var open = Fixture.OpenAgain();
        var there = Database.Dialect == Dialect.Postgres ? (IDatabase)open : Database;
        using var otherMemory = new SettingsMemory(there);
        using var otherHolders = new SettingHolders(there);
        var other = new PortalPersonalSettings(there, otherMemory, otherHolders, TimeProvider.System);
        (await Settings.WhoHas("portal.star/component:default/kiln", Stop)).ShouldBeEmpty();

        await other.Set(Mae, "portal.star/component:default/kiln", 1, Stop);
        await Eventually.Be(async () => (await Settings.WhoHas("portal.star/component:default/kiln", Stop)).SequenceEqual([Mae]), "the star is heard of");
        await other.Forget(Mae, Stop);

        await Eventually.Be(async () => (await Settings.WhoHas("portal.star/component:default/kiln", Stop)).Count == 0, "that she is forgotten is heard of");
        (await Settings.List(Mae, "", Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_remembered_is_not_read_again()
    {
        await Database.Execute(
            "insert into portal_personal_settings (person, key, value, changed_at) values (@person, 'portal.theme', '\"dark\"', @now)",
            new { person = Mae.ToString(), now = DateTimeOffset.UtcNow },
            Stop);

        // A listener that has just been connected makes it forget once, whenever that comes.
        await Eventually.Be(
            async () =>
            {
                await Database.Execute("update portal_personal_settings set value = '\"dark\"'", Stop);
                _memory!.Forget(subject: null);
                (await Settings.Get<string>(Mae, "portal.theme", Stop)).ShouldBe("dark");
                await Database.Execute("update portal_personal_settings set value = '\"light\"'", Stop);
                return await Settings.Get<string>(Mae, "portal.theme", Stop) == "dark";
            },
            "it is remembered");

        _memory!.Forget(subject: null);
        (await Settings.Get<string>(Mae, "portal.theme", Stop)).ShouldBe("light");
    }

    [Theory]
    [InlineData("theme")]
    [InlineData("")]
    [InlineData("Portal.theme")]
    [InlineData("portal.with space")]
    public async Task A_key_names_its_plugin(string key) =>
        (await Should.ThrowAsync<ArgumentException>(Settings.Set(Mae, key, "x", Stop))).Message.ShouldContain("is not a key of a setting");

    [Fact]
    public async Task A_value_that_is_too_long_is_refused() =>
        (await Should.ThrowAsync<ArgumentException>(Settings.Set(Mae, "portal.note", new string('x', 70_000), Stop))).Message.ShouldContain("at most 64 KB");

    [Fact]
    public async Task A_person_has_so_many_settings_and_no_more()
    {
        var rows = Enumerable.Range(0, PortalPersonalSettings.MostKeys).Select(i => $"test.key-{i}");
        await Database.Transaction(
            transaction => transaction.Insert(
                new BulkInsert<string>(
                    "portal_personal_settings",
                    [
                        BulkColumn<string>.Of("person", _ => Mae.ToString()),
                        BulkColumn<string>.Of("key", key => key),
                        BulkColumn<string>.Of("value", _ => "1"),
                        BulkColumn<string>.Of("changed_at", _ => DateTimeOffset.UtcNow),
                    ]),
                rows,
                Stop),
            Stop);

        (await Should.ThrowAsync<TooManySettingsException>(Settings.Set(Mae, "test.one-more", 1, Stop))).Message.ShouldContain("at most 2,000 settings");
        await Settings.Set(Mae, "test.key-7", 2, Stop);
        await Settings.Set(Ben, "test.one-more", 1, Stop);
        (await Settings.Get<int>(Mae, "test.key-7", Stop)).ShouldBe(2);
    }
}

public sealed class PersonalSettingsOnSqliteTests() : PersonalSettingsTests(new SqliteFixture());

public sealed class PersonalSettingsOnPostgresTests() : PersonalSettingsTests(new PostgresFixture());

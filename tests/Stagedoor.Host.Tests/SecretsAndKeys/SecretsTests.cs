using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Data;
using Stagedoor.Host.Loading;
using Stagedoor.Host.Secrets;
using Stagedoor.Host.Tests.Storing;
using Stagedoor.Plugins;
using Stagedoor.Testing.Clock;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Logging;

namespace Stagedoor.Host.Tests.SecretsAndKeys;

/// <summary>What keeping secrets and sharing keys promises, on both databases.</summary>
public abstract class SecretsTests(TestDatabase database) : PortalStoreTests(database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_revealed_to_its_purpose_only()
    {
        await using var replica = new Replica(Fixture);

        var handle = await replica.Secrets.Keep("test.password", "open sesame", TimeSpan.FromHours(1), Stop);

        (await replica.Secrets.Reveal("test.password", handle, Stop)).ShouldBe("open sesame");
        (await replica.Secrets.Reveal("test.other", handle, Stop)).ShouldBeNull();
        (await replica.Secrets.Reveal("test.password", new SecretHandle(Guid.NewGuid()), Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task The_database_holds_no_readable_secret()
    {
        await using var replica = new Replica(Fixture);

        var handle = await replica.Secrets.Keep("test.password", "open sesame", TimeSpan.FromHours(1), Stop);

        var stored = await Database.Find<string>("select protected_text from portal_secrets where id = @Id", new { handle.Id }, Stop);
        stored.ShouldNotBeNull().ShouldNotContain("sesame");
        handle.ToString().ShouldNotContain("sesame");
    }

    [Fact]
    public async Task One_secret_put_in_the_place_of_another_is_not_revealed()
    {
        await using var replica = new Replica(Fixture);
        var mine = await replica.Secrets.Keep("test.password", "mine", TimeSpan.FromHours(1), Stop);
        var yours = await replica.Secrets.Keep("test.password", "yours", TimeSpan.FromHours(1), Stop);

        await Database.Execute(
            "update portal_secrets set protected_text = (select s.protected_text from portal_secrets s where s.id = @yours) where id = @mine",
            new { mine = mine.Id, yours = yours.Id },
            Stop);

        (await replica.Secrets.Reveal("test.password", mine, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_wiped_secret_is_gone()
    {
        await using var replica = new Replica(Fixture);
        var handle = await replica.Secrets.Keep("test.password", "open sesame", TimeSpan.FromHours(1), Stop);

        await replica.Secrets.Wipe(handle, Stop);

        (await replica.Secrets.Reveal("test.password", handle, Stop)).ShouldBeNull();
        (await Database.Find<long>("select count(*) from portal_secrets", Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task An_expired_secret_is_not_revealed_and_then_wiped()
    {
        await using var replica = new Replica(Fixture);
        var handle = await replica.Secrets.Keep("test.password", "open sesame", TimeSpan.FromHours(1), Stop);
        await replica.Secrets.Keep("test.password", "later", TimeSpan.FromHours(3), Stop);

        replica.Clock.Advance(TimeSpan.FromHours(2));
        (await replica.Secrets.Reveal("test.password", handle, Stop)).ShouldBeNull();
        var context = new JobContext("portal.wipe-expired-secrets", replica.Clock.GetUtcNow(), byHand: false);
        await new WipeExpiredSecrets(replica.Secrets).Run(context, Stop);

        context.Summary.ShouldBe("1 secret wiped");
        (await Database.Find<long>("select count(*) from portal_secrets", Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task A_secret_lives_a_reasonable_time()
    {
        await using var replica = new Replica(Fixture);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(replica.Secrets.Keep("test.password", "x", TimeSpan.Zero, Stop));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(replica.Secrets.Keep("test.password", "x", TimeSpan.FromDays(1000), Stop));
    }

    [Fact]
    public async Task Replicas_that_start_together_share_one_key()
    {
        await using var first = new Replica(Fixture);
        await using var second = new Replica(Fixture);

        var texts = await Task.WhenAll(Task.Run(() => first.Protector.Protect("from the first")), Task.Run(() => second.Protector.Protect("from the second")));

        second.Protector.Unprotect(texts[0]).ShouldBe("from the first");
        first.Protector.Unprotect(texts[1]).ShouldBe("from the second");
        (await Database.Find<long>("select count(*) from portal_keys", Stop)).ShouldBe(1);
    }

    private sealed class Replica : IAsyncDisposable
    {
        private readonly OpenDatabase _open;
        private readonly ServiceProvider _services;

        public Replica(TestDatabase database)
        {
            _open = database.OpenAgain();
            var services = new ServiceCollection();
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddTestOutput());
            services.AddSingleton<IDatabase>(_open);
            services.AddSingleton<TimeProvider>(Clock);
            services.AddPortalDataProtection();
            services.AddSecrets();
            _services = services.BuildServiceProvider();
        }

        public ManualClock Clock { get; } = new();

        public PortalSecrets Secrets => _services.GetRequiredService<PortalSecrets>();

        public IDataProtector Protector => _services.GetDataProtector("test");

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await _open.DisposeAsync();
        }
    }
}

public sealed class SecretsOnSqliteTests() : SecretsTests(new SqliteFixture());

public sealed class SecretsOnPostgresTests() : SecretsTests(new PostgresFixture());

public sealed class KeysTests
{
    [Fact]
    public async Task Keys_asked_for_before_the_tables_are_there_are_found_later()
    {
        await using var database = new SqliteFixture();
        await database.InitializeAsync();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddTestOutput());
        services.AddSingleton(database.Database);
        services.AddSingleton(TimeProvider.System);
        services.AddPortalDataProtection();
        await using var provider = services.BuildServiceProvider();
        var protector = provider.GetDataProtector("test");

        Should.Throw<Exception>(() => protector.Protect("too early"));
        await database.Migrate("portal", typeof(PluginRegistry).Assembly);

        protector.Unprotect(protector.Protect("in time")).ShouldBe("in time");
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Postgres;

public sealed class OutageTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private const string Secret = "s3cr3t-passw0rd";
    private readonly IDatabase _database = fixture.Database;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private NpgsqlConnectionStringBuilder Server => new(fixture.Settings.Postgres);

    [Fact]
    public async Task A_server_that_is_down_is_unavailable_and_the_message_names_it_without_its_password()
    {
        await using var database = Open($"Host=127.0.0.1;Port=1;Database=stagedoor;Username=portal;Password={Secret}");

        var problem = await Should.ThrowAsync<DatabaseUnavailableException>(() => database.Reach(Stop));

        problem.Message.ShouldContain("127.0.0.1:1/stagedoor");
        problem.ToString().ShouldNotContain(Secret);
        database.Description.ShouldNotContain(Secret);
        (await Should.ThrowAsync<DatabaseUnavailableException>(() => database.Transaction(_ => Task.CompletedTask, Stop))).Message.ShouldContain("127.0.0.1:1");
        await Should.ThrowAsync<DatabaseUnavailableException>(async () => await database.Stream<int>("select 1", args: null, Stop).GetAsyncEnumerator(Stop).MoveNextAsync());
    }

    [Theory]
    [InlineData($"postgres://portal:{Secret}@db/stagedoor")]
    [InlineData($"Host=db;Pasword={Secret}")]
    [InlineData($"Host=db;Port={Secret}")]
    [InlineData($"Password={Secret}")]
    public void A_connection_string_that_cannot_be_read_is_refused_without_repeating_it(string text)
    {
        var problem = Should.Throw<DatabaseUnusableException>(() => Open(text));

        problem.Message.ShouldContain("Host=");
        problem.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public void The_settings_do_not_print_the_password() =>
        new DatabaseSettings { Postgres = $"Host=db;Password={Secret}", SqliteFile = "" }.ToString().ShouldNotContain(Secret);

    [Fact]
    public async Task A_database_that_does_not_exist_is_for_the_operator_to_create()
    {
        var server = Server;
        server.Database = "no_such_database";
        await using var database = Open(server.ConnectionString);

        (await Should.ThrowAsync<DatabaseUnusableException>(() => database.Reach(Stop))).Message.ShouldContain("createdb");
    }

    [Fact]
    public async Task Reading_does_not_even_notice_that_idle_connections_were_ended()
    {
        await using var database = fixture.OpenAgain();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => database.Find<int>("select 1 from pg_sleep(0.05)", Stop)));

        await EndConnections("stagedoor");

        for (var i = 0; i < 10; i++)
        {
            (await database.Find<int>("select 1", Stop)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_transaction_whose_connection_is_ended_is_unavailable_and_nothing_of_it_remains()
    {
        await _database.Execute("create table if not exists notes (text text)", Stop);
        await using var database = fixture.OpenAgain();

        await Should.ThrowAsync<DatabaseUnavailableException>(() => database.Transaction(
            async t =>
            {
                await t.Execute("insert into notes values ('lost')", args: null, Stop);
                await EndConnections("stagedoor");
                await t.Execute("insert into notes values ('lost too')", args: null, Stop);
            },
            Stop));

        (await database.Find<int>("select count(*) from notes", Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task After_an_outage_everything_goes_on_by_itself()
    {
        await using var gate = new Gate(Server.Host!, Server.Port);
        gate.Open();
        var server = Server;
        (server.Host, server.Port) = ("127.0.0.1", gate.Port);
        await using var database = Open(server.ConnectionString);
        using var gaps = new SemaphoreSlim(0);
        using var notices = new SemaphoreSlim(0);
        using var listening = database.Listen("outage", (payload, _) =>
        {
            (payload is null ? gaps : notices).Release();
            return Task.CompletedTask;
        });
        await database.Reach(Stop);
        (await gaps.WaitAsync(TimeSpan.FromSeconds(30), Stop)).ShouldBeTrue();

        gate.Close();
        await Should.ThrowAsync<DatabaseUnavailableException>(() => database.Find<int>("select 1", Stop));
        await Should.ThrowAsync<DatabaseUnavailableException>(() => database.Execute("create table never (a int)", Stop));
        gate.Open();

        (await database.Find<int>("select 1", Stop)).ShouldBe(1);
        await database.Transaction(t => t.Execute("create table if not exists after_outage (a int)", args: null, Stop), Stop);
        (await gaps.WaitAsync(TimeSpan.FromSeconds(30), Stop)).ShouldBeTrue("the listener was not told of the gap");
        await database.Notify("outage", "hello", Stop);
        (await notices.WaitAsync(TimeSpan.FromSeconds(30), Stop)).ShouldBeTrue("the listener heard nothing after the outage");
    }

    [Fact]
    public async Task When_all_connections_are_taken_the_message_says_so()
    {
        var server = Server;
        (server.MaxPoolSize, server.Timeout) = (1, 1);
        await using var database = Open(server.ConnectionString);

        var problem = await Should.ThrowAsync<DatabaseUnavailableException>(() => database.Transaction(_ => database.Find<int>("select 1", Stop), Stop));

        problem.Message.ShouldContain("in use");
    }

    [Fact]
    public async Task A_text_whose_type_nothing_tells_is_explained()
    {
        var problem = await Should.ThrowAsync<InvalidOperationException>(() => _database.Find<string>("select jsonb_build_object('a', @text)", new { text = "x" }, Stop));

        problem.Message.ShouldContain("cast(@name as text)");
    }

    private static OpenDatabase Open(string text) => Databases.Open(new DatabaseSettings { Postgres = text, SqliteFile = "" }, NullLoggerFactory.Instance);

    private async Task EndConnections(string application)
    {
        var server = Server;
        server.ApplicationName = "the one who ends";
        await using var killer = Open(server.ConnectionString);
        await killer.Query<bool>(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = @application", new { application }, Stop);
    }
}

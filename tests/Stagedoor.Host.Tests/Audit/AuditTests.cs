using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Audit;
using Stagedoor.Host.Tests.Storing;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Audit;

/// <summary>What the record of who did what promises, on both databases. Each test has a database of its own, for a chain of its own.</summary>
public abstract class AuditTests(TestDatabase database) : PortalStoreTests(database)
{
    private static readonly Caller Mae = new() { Kind = CallerKind.Person, Ref = EntityRef.User("mae"), Name = "Mae" };
    private static readonly Caller Robot = new() { Kind = CallerKind.Service, Ref = new EntityRef("service", "default", "robot"), Name = "robot" };

    private readonly HttpContextAccessor _http = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PortalAudit Audit => new(Database, _http, TimeProvider.System);

    [Fact]
    public async Task An_entry_says_who_did_what_to_what_and_why()
    {
        _http.HttpContext = new DefaultHttpContext { TraceIdentifier = "request-7" };

        await Audit.Record(
            new AuditEntry(Mae, "dead-letters.deleted", "2 messages from term-deposit in dev")
            {
                Entity = EntityRef.Parse("component:default/Term-Deposit"),
                Environment = "dev",
                Before = """{"messages": 2}""",
                After = """{"messages":0}""",
                Reason = "They were test messages.",
            },
            Stop);

        var entry = (await Audit.List(new AuditFilter(), Stop)).ShouldHaveSingleItem();
        entry.Sequence.ShouldBe(1);
        (entry.By, entry.ByName, entry.Action).ShouldBe(("user:default/mae", "Mae", "dead-letters.deleted"));
        (entry.Entity, entry.Environment, entry.Reason).ShouldBe(("component:default/term-deposit", "dev", "They were test messages."));
        (entry.Before, entry.After, entry.RequestId).ShouldBe(("""{"messages": 2}""", """{"messages":0}""", "request-7"));
        entry.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Entries_are_found_by_who_what_entity_and_page()
    {
        var entity = EntityRef.Parse("component:default/kiln");
        foreach (var i in Enumerable.Range(1, 6))
        {
            await Audit.Record(new AuditEntry(i % 2 == 0 ? Mae : Robot, i > 4 ? "releases.promoted" : "jobs.paused", $"no. {i}") { Entity = i == 3 ? entity : null }, Stop);
        }

        (await Numbers(new AuditFilter { By = "user:default/mae" })).ShouldBe([6, 4, 2]);
        (await Numbers(new AuditFilter { ActionPrefix = "jobs." })).ShouldBe([4, 3, 2, 1]);
        (await Numbers(new AuditFilter { Entity = entity })).ShouldBe([3]);
        (await Numbers(new AuditFilter { Limit = 2 })).ShouldBe([6, 5]);
        (await Numbers(new AuditFilter { Limit = 2, Before = 5 })).ShouldBe([4, 3]);
    }

    [Fact]
    public async Task A_record_made_in_a_transaction_that_fails_never_was()
    {
        await Should.ThrowAsync<InvalidOperationException>(Database.Transaction<int>(
            async transaction =>
            {
                await Audit.Record(transaction, new AuditEntry(Mae, "test.done", "nothing"), Stop);
                throw new InvalidOperationException("no");
            },
            Stop));
        await Audit.Record(new AuditEntry(Mae, "test.done", "something"), Stop);

        (await Numbers(new AuditFilter())).ShouldBe([1]);
        (await Audit.FindBrokenLink(Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Writers_on_two_replicas_make_one_chain()
    {
        await using var other = Fixture.OpenAgain();
        var second = new PortalAudit(other, _http, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? Audit : second).Record(new AuditEntry(Mae, "test.done", $"no. {i}"), Stop)));

        (await Numbers(new AuditFilter { Limit = 100 })).ShouldBe(Enumerable.Range(1, 40).Select(i => (long)i).Reverse());
        (await Audit.Verify(Stop)).ShouldSatisfyAllConditions(verdict => verdict.Intact.ShouldBe(40), verdict => verdict.BrokenAt.ShouldBeNull());
    }

    [Theory]
    [InlineData("update portal_audit set subject = 'harmless' where sequence = 3", 3)]
    [InlineData("update portal_audit set reason = '' where sequence = 4", 4)]
    [InlineData("update portal_audit set hash = previous_hash where sequence = 2", 2)]
    [InlineData("delete from portal_audit where sequence = 2", 2)]
    [InlineData("delete from portal_audit where sequence = 1", 1)]
    public async Task A_change_behind_the_portals_back_is_found(string tampering, long brokenAt)
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await Audit.Record(new AuditEntry(Mae, "test.done", $"no. {i}"), Stop);
        }

        await WithoutTriggers();
        await Database.Execute(tampering, Stop);

        (await Audit.FindBrokenLink(Stop)).ShouldBe(brokenAt);
    }

    [Theory]
    [InlineData("update portal_audit set subject = 'harmless'")]
    [InlineData("delete from portal_audit")]
    public async Task The_database_itself_refuses_to_change_entries(string tampering)
    {
        await Audit.Record(new AuditEntry(Mae, "test.done", "something"), Stop);

        var refusal = await Should.ThrowAsync<Exception>(Database.Execute(tampering, Stop));

        refusal.ToString().ShouldContain("only grows");
        (await Audit.FindBrokenLink(Stop)).ShouldBeNull();
    }

    private async Task<long[]> Numbers(AuditFilter filter) => [.. (await Audit.List(filter, Stop)).Select(entry => entry.Sequence)];

    private async Task WithoutTriggers()
    {
        foreach (var statement in Database.Dialect == Dialect.Sqlite
            ? new[] { "drop trigger portal_audit_no_update", "drop trigger portal_audit_no_delete" }
            : ["drop trigger portal_audit_rows on portal_audit"])
        {
            await Database.Execute(statement, Stop);
        }
    }
}

public sealed class AuditOnSqliteTests() : AuditTests(new SqliteFixture());

public sealed class AuditOnPostgresTests() : AuditTests(new PostgresFixture());

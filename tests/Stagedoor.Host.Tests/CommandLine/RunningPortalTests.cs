using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.CommandLine;

public sealed class RunningPortalTests
{
    private const string Operation = "0198a2c4-5b1e-7c3d-9a44-2f6d1c0e8b17";

    [Fact]
    public async Task A_portal_that_is_not_there_is_named_with_what_to_do()
    {
        using var shell = new Shell();

        (await shell.Run("jobs list --portal http://127.0.0.1:9")).ShouldBe(new Outcome(
            ExitCode.Unreachable,
            "",
            "Error: The portal at http://127.0.0.1:9 cannot be reached: nothing listens there. Start it with 'stagedoor', or name another with --portal or STAGEDOOR_PORTAL.\n"));
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_said()
    {
        using var shell = new Shell();
        shell.Variables["STAGEDOOR_PORTAL"] = "http://stagedoor.invalid";
        var outcome = await shell.Run("jobs list");

        outcome.Code.ShouldBe(ExitCode.Unreachable);
        outcome.Error.ShouldContain("http://stagedoor.invalid cannot be reached");
    }

    [Theory]
    [InlineData("jobs list --portal ftp://x", "--portal must begin with http:// or https://")]
    public async Task An_address_must_be_one_of_the_web(string line, string message)
    {
        using var shell = new Shell();
        var outcome = await shell.Run(line);

        outcome.Code.ShouldBe(ExitCode.Usage);
        outcome.Error.ShouldContain(message);
    }

    [Theory]
    [InlineData("jobs list", "from-environment")]
    [InlineData("jobs list --token from-option", "from-option")]
    public async Task The_token_is_sent(string line, string token)
    {
        string? sent = null;
        await using var portal = await SmallPortal.Serve(routes => routes.MapGet("/api/portal/jobs", (HttpContext context) =>
        {
            sent = context.Request.Headers.Authorization;
            return new { items = Array.Empty<string>(), total = 0 };
        }));
        using var shell = new Shell();
        shell.Variables["STAGEDOOR_PORTAL"] = portal.Address;
        shell.Variables["STAGEDOOR_TOKEN"] = "from-environment";

        (await shell.Run(line)).ShouldBe(new Outcome(ExitCode.Ok, "", "There is nothing to list.\n"));
        sent.ShouldBe($"Bearer {token}");
    }

    [Theory]
    [InlineData(401, ExitCode.Denied, "The portal wants to know who is asking. Give a service token with --token or STAGEDOOR_TOKEN.")]
    [InlineData(403, ExitCode.Denied, "This needs rights that the token does not have.")]
    [InlineData(404, ExitCode.NotFound, "/api/portal/jobs is not there.")]
    [InlineData(429, ExitCode.Failed, "The portal asks for patience: too many requests. Try again in 7s.")]
    [InlineData(500, ExitCode.Failed, "answered 500 Internal Server Error. The portal's log has more under the request abc.")]
    [InlineData(503, ExitCode.Unreachable, "The portal, or something it needs, is not available now.")]
    [InlineData(302, ExitCode.Failed, "leads to https://elsewhere.example.com/, and a token is never sent along.")]
    public async Task A_refusal_becomes_a_message_and_an_exit_code(int status, int code, string message)
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapGet("/api/portal/jobs", (HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            context.Response.Headers["X-Request-Id"] = "abc";
            context.Response.Headers.Location = "https://elsewhere.example.com";
            return Results.StatusCode(status);
        }));
        using var shell = new Shell();
        var outcome = await shell.Run($"jobs list --portal {portal.Address}");

        outcome.Code.ShouldBe(code);
        outcome.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_problem_of_the_portal_is_told_in_its_own_words()
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapPost("/api/portal/jobs/{name}/run", () => Results.ValidationProblem(
            new Dictionary<string, string[]> { ["name"] = ["There is no such job.\e[31m"] }, detail: "Look at the names.", statusCode: 404, title: "Not found")));
        using var shell = new Shell();

        (await shell.Run($"jobs run x/y --portal {portal.Address}")).ShouldBe(new Outcome(
            ExitCode.NotFound, "", "Error: Not found: Look at the names.\n  name: There is no such job. [31m\n"));
    }

    [Fact]
    public async Task What_is_not_a_portal_is_noticed()
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapGet("/{**any}", () => Results.Text("<html>", "text/html")));
        using var shell = new Shell();
        var outcome = await shell.Run($"jobs list --portal {portal.Address}");

        outcome.Code.ShouldBe(ExitCode.Failed);
        outcome.Error.ShouldContain("did not answer as a Stagedoor portal");
    }

    [Fact]
    public async Task Jobs_are_a_table_that_is_never_cut_in_a_pipe()
    {
        var remark = new string('x', 300);
        await using var portal = await WithJobs(remark);
        using var shell = new Shell();

        (await shell.Run($"jobs list --portal {portal.Address}")).Out.ShouldBe(
            $"""
            NAME               SCHEDULE         STATE      NEXT RUN              LAST RUN              TOOK  OUTCOME    REMARK
            releases.sync      every 5 minutes  succeeded  2026-03-01 12:05:00Z  2026-03-01 12:00:00Z  1.5s  succeeded  {remark}
            portal.prune-runs  0 30 2 * * ?     paused     -                     -                     -     -          -

            """);
    }

    [Fact]
    public async Task To_a_person_a_table_fits_the_window()
    {
        await using var portal = await WithJobs("short");
        using var shell = new Shell { IsInteractive = true };
        var lines = (await shell.Run($"jobs list --portal {portal.Address}")).Out.Split('\n');

        lines.ShouldAllBe(line => line.Length <= 80);
        lines[0].ShouldNotContain('\e');
    }

    [Fact]
    public async Task Programs_get_json_or_yaml()
    {
        await using var portal = await WithJobs("short");
        using var shell = new Shell();

        JsonNode.Parse((await shell.Run($"jobs list -o json --portal {portal.Address}")).Out)![0]!["name"]!.GetValue<string>().ShouldBe("releases.sync");
        (await shell.Run($"jobs list -o yaml --portal {portal.Address}")).Out.ShouldStartWith("- name: releases.sync\n");
    }

    [Fact]
    public async Task Plugins_are_listed_with_state_and_reason()
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapGet("/api/portal/plugins", () => new
        {
            items = new[] { new { id = "releases", name = "Releases", version = "1.0", state = "failed", origin = "folder", owner = "Polaris", reason = "It threw.\nat X" } },
            total = 1,
        }));
        using var shell = new Shell();

        (await shell.Run($"plugins list --portal {portal.Address}")).Out.ShouldBe(
            """
            ID        NAME      VERSION  STATE   FROM    OWNER    REASON
            releases  Releases  1.0      failed  folder  Polaris  It threw.

            """);
    }

    [Theory]
    [InlineData(200, "{\"status\":\"ready\"}", ExitCode.Ok, "The portal is ready.\n")]
    [InlineData(503, "{\"status\":\"starting\",\"message\":\"Waiting for the database.\"}", ExitCode.Failed, "The portal is starting: Waiting for the database.\n")]
    public async Task Health_is_an_exit_code(int status, string body, int code, string text)
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapGet("/readyz", () => Results.Text(body, "application/json", statusCode: status)));
        using var shell = new Shell();

        (await shell.Run($"health --portal {portal.Address}")).ShouldBe(new Outcome(code, text, ""));
    }

    [Fact]
    public async Task An_operation_is_watched_until_its_end()
    {
        var looks = 0;
        await using var portal = await WithOperation(() => ++looks < 3 ? "running" : "succeeded");
        using var shell = new Shell();

        (await shell.Run($"operations watch {Operation} --every 100ms --portal {portal.Address}")).ShouldBe(new Outcome(
            ExitCode.Ok,
            "2026-03-01 12:00:00Z  begun\n2026-03-01 12:00:00Z  warning: slow\n",
            "Redeliver: succeeded, 5 of 9, 1 failed\n"));
    }

    [Fact]
    public async Task Watching_an_operation_that_fails_fails()
    {
        await using var portal = await WithOperation(() => "failed");
        using var shell = new Shell();

        (await shell.Run($"operations watch {Operation} --portal {portal.Address}")).Code.ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public async Task Ctrl_c_ends_a_watch_as_interrupted()
    {
        using var pressed = new CancellationTokenSource();
        await using var portal = await WithOperation(() =>
        {
            pressed.CancelAfter(TimeSpan.FromMilliseconds(50));
            return "running";
        });
        using var shell = new Shell();

        (await shell.RunUntil(pressed.Token, "operations", "watch", Operation, "--every", "1h", "--portal", portal.Address)).Code.ShouldBe(ExitCode.Interrupted);
    }

    [Fact]
    public async Task The_items_of_an_operation_are_listed_by_outcome()
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapGet("/api/portal/operations/{id}/items", (Guid id, string? outcome, int limit) => new
        {
            items = new[] { new { key = $"order-7 {outcome}", outcome = "failed", message = "The queue refused it.", at = "2026-03-01T12:00:00Z" } }.Take(limit),
            total = 3,
        }));
        using var shell = new Shell();

        (await shell.Run($"operations items {Operation} --outcome failed --portal {portal.Address}")).ShouldBe(new Outcome(
            ExitCode.Ok,
            """
            ITEM            OUTCOME  WHEN                  MESSAGE
            order-7 failed  failed   2026-03-01 12:00:00Z  The queue refused it.

            """,
            "These are the first 1 of 3; --limit shows more.\n"));
        (await shell.Run($"operations items {Operation} --limit 0 --portal {portal.Address}")).Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_outcome_that_there_is_not_is_refused_before_the_portal_is_asked()
    {
        using var shell = new Shell();
        var outcome = await shell.Run($"operations items {Operation} --outcome faild --portal http://127.0.0.1:9");

        outcome.Code.ShouldBe(ExitCode.Usage);
        outcome.Error.ShouldContain("Did you mean failed?");
    }

    [Fact]
    public async Task Undoing_an_operation_tells_the_one_that_undoes_it()
    {
        var undo = Guid.Parse("0198a2c4-5b1e-7c3d-9a44-2f6d1c0e8b18");
        await using var portal = await SmallPortal.Serve(routes => routes.MapPost("/api/portal/operations/{id}/undo", (Guid id) =>
            new { id = undo, kind = "dead-letters.redeliver", title = $"Undo: {id}", state = "waiting", isOver = false, done = 0, failed = 0, undoes = id, createdAt = "2026-03-01T12:00:00Z" }));
        using var shell = new Shell();
        var outcome = await shell.Run($"operations undo {Operation} --portal {portal.Address}");

        outcome.Code.ShouldBe(ExitCode.Ok);
        outcome.Out.ShouldContain($"Title        Undo: {Operation}\n");
        outcome.Error.ShouldBe($"Undoing is an operation of its own. Follow it: stagedoor operations watch {undo}\n");
    }

    [Fact]
    public async Task What_cannot_be_undone_fails_in_the_words_of_the_portal()
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapPost(
            "/api/portal/operations/{id}/undo", () => Results.Problem("It can be undone once.", statusCode: 409, title: "That cannot be done now")));
        using var shell = new Shell();

        (await shell.Run($"operations undo {Operation} --portal {portal.Address}")).ShouldBe(new Outcome(ExitCode.Failed, "", "Error: That cannot be done now: It can be undone once.\n"));
    }

    [Theory]
    [InlineData("{\"intact\":12,\"brokenAt\":null}", ExitCode.Ok, "The record is whole: each of its 12 entries fits the one before it.\n")]
    [InlineData("{\"intact\":6,\"brokenAt\":7}", ExitCode.Failed, "")]
    public async Task A_broken_audit_record_fails_its_verification(string body, int code, string text)
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapGet("/api/portal/audit/verify", () => Results.Text(body, "application/json")));
        using var shell = new Shell();
        var outcome = await shell.Run($"audit verify --portal {portal.Address}");

        outcome.Code.ShouldBe(code);
        outcome.Out.ShouldBe(text);
        outcome.Error.Contains("Entry 7 does not fit the one before it", StringComparison.Ordinal).ShouldBe(code == ExitCode.Failed);
    }

    private static Task<SmallPortal> WithJobs(string remark) => SmallPortal.Serve(routes => routes.MapGet("/api/portal/jobs", () => Results.Text(
        $$"""
        {"items":[
          {"name":"releases.sync","state":"succeeded","schedule":"every 5 minutes","paused":false,"running":[],"nextRunAt":"2026-03-01T12:05:00Z",
           "lastRun":{"startedAt":"2026-03-01T12:00:00Z","endedAt":"2026-03-01T12:00:01.5Z","outcome":"succeeded","summary":"{{remark}}"}
          },
          {"name":"portal.prune-runs","state":"paused","schedule":"0 30 2 * * ?","paused":true}
        ],"total":2}
        """,
        "application/json")));

    private static Task<SmallPortal> WithOperation(Func<string> state) => SmallPortal.Serve(routes =>
    {
        routes.MapGet("/api/portal/operations/{id}", (Guid id) =>
        {
            var now = state();
            return new { id, kind = "dead-letters.redeliver", title = "Redeliver", state = now, isOver = now != "running", done = 5, failed = 1, total = 9, createdAt = "2026-03-01T12:00:00Z" };
        });
        routes.MapGet("/api/portal/operations/{id}/log", (long after) => Results.Text(
            after > 0
                ? """{"lines":[],"next":2,"isOver":false}"""
                : """{"lines":[{"sequence":1,"at":"2026-03-01T12:00:00Z","level":"info","text":"begun"},{"sequence":2,"at":"2026-03-01T12:00:00Z","level":"warning","text":"slow"}],"next":2,"isOver":false}""",
            "application/json"));
    });
}

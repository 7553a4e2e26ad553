using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Host.Tests.Jobs;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;
using TestPlugin = Stagedoor.Host.Tests.Loading.TestPlugin;

namespace Stagedoor.Host.Tests.Operations;

/// <summary>Operations and audit as programs and people meet them: through the whole pipeline.</summary>
public sealed class OperationsOverHttpTests
{
    private static readonly Caller Mae = new() { Kind = CallerKind.Person, Ref = EntityRef.User("mae"), Name = "Mae" };
    private static readonly Caller Somebody = new() { Kind = CallerKind.Person, Ref = EntityRef.User("somebody"), Name = "Some Body" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operation_is_watched_and_steered_by_the_api()
    {
        await using var portal = await Start();
        var id = await Begin(portal, Mae, "slow", 500);

        var list = await portal.Http.GetFromJsonAsync<JsonElement>("/api/portal/operations?kind=work.each&limit=5", Stop);
        list.GetProperty("total").GetInt64().ShouldBe(1);
        (await Steer(portal.Http, id, "pause")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Reaches(portal, id, "paused");
        (await Steer(portal.Http, id, "pause")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Steer(portal.Http, id, "undo")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Steer(portal.Http, id, "cancel")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var over = await Reaches(portal, id, "cancelled");

        over.GetProperty("isOver").GetBoolean().ShouldBeTrue();
        var items = await portal.Http.GetFromJsonAsync<JsonElement>($"/api/portal/operations/{id}/items?limit=1", Stop);
        items.GetProperty("total").GetInt64().ShouldBe(over.GetProperty("done").GetInt64());
        var log = await portal.Http.GetFromJsonAsync<JsonElement>($"/api/portal/operations/{id}/log?after=1", Stop);
        log.GetProperty("lines")[0].GetProperty("text").GetString().ShouldStartWith("Cancelled by");
        (await portal.Http.GetStringAsync($"/api/portal/operations/{id}/log.txt", Stop)).ShouldContain("Paused by");
    }

    [Fact]
    public async Task What_does_not_exist_or_makes_no_sense_is_said()
    {
        await using var portal = await Start();
        var nowhere = Guid.NewGuid();

        (await portal.Http.GetAsync($"/api/portal/operations/{nowhere}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Steer(portal.Http, nowhere, "cancel")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await portal.Http.GetAsync("/api/portal/operations?state=7", Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await portal.Http.GetAsync("/api/portal/operations?limit=100000", Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await portal.Http.GetAsync($"/settings/operations/{nowhere}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_answer_that_has_not_changed_is_not_sent_again()
    {
        await using var portal = await Start();
        var id = await Begin(portal, Mae, "quick", 3);
        await Reaches(portal, id, "succeeded");
        using var first = await portal.Http.GetAsync($"/api/portal/operations/{id}", Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/portal/operations/{id}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());

        using var second = await portal.Http.SendAsync(request, Stop);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Only_its_starter_and_those_with_the_permission_steer()
    {
        await using var portal = await Start();
        var mine = await Begin(portal, Mae, "slow", 500);
        var other = await Begin(portal, Somebody, "slow", 500);

        (await Steer(portal.Http, mine, "cancel")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Steer(portal.Http, other, "cancel")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await portal.Page($"/settings/operations/{other}", Stop)).QuerySelector("form#operation").ShouldBeNull();
        using var administrator = portal.As("kim");
        (await Steer(administrator, other, "cancel")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_pages_show_what_there_is()
    {
        await using var portal = await Start();
        (await portal.Page("/settings/operations", Stop)).QuerySelector(".empty h2")!.TextContent.ShouldBe("Nothing has run yet");
        var id = await Begin(portal, Mae, "<b>bold</b>", 3);
        await Reaches(portal, id, "succeeded");

        var list = await portal.Page("/settings/operations?state=succeeded", Stop);
        list.QuerySelector($"a[href='/settings/operations/{id}']")!.TextContent.ShouldBe("<b>bold</b>");
        (await portal.Page("/settings/operations?state=failed", Stop)).QuerySelector(".empty h2")!.TextContent.ShouldBe("No operation matches");
        var page = await portal.Page($"/settings/operations/{id}?outcome=failed", Stop);
        page.QuerySelector("h1")!.TextContent.ShouldBe("<b>bold</b>");
        page.QuerySelectorAll("tbody code").Select(code => code.TextContent).ShouldBe(["item-1"]);
        page.QuerySelector("progress")!.GetAttribute("value").ShouldBe("3");
        (await portal.Http.GetStringAsync($"/fragments/portal/operations/{id}", Stop)).ShouldContain("data-fragment-end");
    }

    [Fact]
    public async Task The_page_pauses_by_a_form_without_scripts()
    {
        await using var portal = await Start();
        var id = await Begin(portal, Mae, "slow", 500);
        using var get = await portal.Http.GetAsync($"/settings/operations/{id}", Stop);
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await get.Content.ReadAsStringAsync(Stop));
        var form = document.QuerySelector("form#operation").ShouldNotBeNull();
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!);
        fields["do"] = "pause";
        using var post = new HttpRequestMessage(HttpMethod.Post, $"/settings/operations/{id}") { Content = new FormUrlEncodedContent(fields) };
        post.Headers.Add("Cookie", string.Join("; ", get.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));

        using var answer = await portal.Http.SendAsync(post, Stop);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Found, HttpStatusCode.SeeOther);
        await Reaches(portal, id, "paused");
        await Steer(portal.Http, id, "cancel");
    }

    [Fact]
    public async Task The_audit_is_read_and_verified_by_administrators_only()
    {
        await using var portal = await Start();
        using var administrator = portal.As("kim");
        await portal.Service<IAudit>().Record(
            new AuditEntry(Mae, "work.done", "<i>something</i>") { Reason = "because", Before = "{}", Entity = EntityRef.Parse("component:default/kiln") }, Stop);

        (await portal.Http.GetAsync("/api/portal/audit", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await portal.Http.GetAsync("/settings/audit", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var list = await administrator.GetFromJsonAsync<JsonElement>("/api/portal/audit?action=work.&limit=10", Stop);
        list.GetProperty("items")[0].GetProperty("reason").GetString().ShouldBe("because");
        list.GetProperty("items")[0].TryGetProperty("hash", out _).ShouldBeFalse();
        var verdict = await administrator.GetFromJsonAsync<JsonElement>("/api/portal/audit/verify", Stop);
        verdict.GetProperty("intact").GetInt64().ShouldBeGreaterThan(0);
        verdict.TryGetProperty("brokenAt", out var broken).ShouldBe(broken.ValueKind == JsonValueKind.Null);
        (await administrator.GetAsync("/api/portal/audit?entity=not", Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var page = await TestPortal.Page(administrator, "/settings/audit?verify=yes", Stop);
        page.QuerySelector(".panel h2")!.TextContent.ShouldBe("The chain is intact");
        page.Body!.TextContent.ShouldContain("<i>something</i>");
    }

    private static Task<TestPortal> Start() => TestPortal.Start(
        new TestPortalOptions { Plugins = [new TestPlugin("work", plugin => plugin.Operation<EachHandler>("each"))] }, Stop);

    private static Task<Guid> Begin(TestPortal portal, Caller by, string title, int items) =>
        portal.Service<IOperations>().Start(new NewOperation("work.each", title, by) { Input = items, RateLimit = items > 10 ? 20 : null }, Stop);

    private static Task<HttpResponseMessage> Steer(HttpClient client, Guid id, string how) => client.PostAsync($"/api/portal/operations/{id}/{how}", content: null, Stop);

    private static async Task<JsonElement> Reaches(TestPortal portal, Guid id, string state)
    {
        var operation = default(JsonElement);
        await Eventually.Be(
            async () =>
            {
                operation = await portal.Http.GetFromJsonAsync<JsonElement>($"/api/portal/operations/{id}", Stop);
                return operation.GetProperty("state").GetString() == state;
            },
            $"the operation is {state}");
        return operation;
    }

    private sealed class EachHandler : IOperationHandler
    {
        public Task Run(OperationContext operation, CancellationToken cancellationToken) => operation.Each(
            [.. Enumerable.Range(0, operation.Input<int>())],
            item => $"item-{item}",
            (item, _) => Task.FromResult(item == 1 ? ItemResult.Failed("not this one") : ItemResult.Succeeded()),
            options: null,
            cancellationToken);
    }
}

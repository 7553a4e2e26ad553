using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Host.Tests.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Host.Tests.Notifications;

/// <summary>The inbox as people see it and as programs of theirs ask for it.</summary>
public sealed class NotificationsPageTests
{
    private const string Token = "a-token-of-the-tests";

    private static readonly EntityRef Mae = EntityRef.User("mae");
    private static readonly EntityRef Kim = EntityRef.User("kim");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_has_happened_to_a_newcomer()
    {
        await using var portal = await Start();

        var page = await portal.Page("/notifications", Cancelled);

        page.Body!.TextContent.ShouldContain("Nothing has happened yet");
        page.QuerySelector(".bell")!.GetAttribute("aria-label").ShouldBe("Notifications");
        page.QuerySelector(".bell .dot").ShouldBeNull();
    }

    [Fact]
    public async Task The_bell_counts_what_is_unread_for_each_person_and_never_what_it_was_before()
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");
        await Send(portal, new Notification([Mae], "stage.fell", "The set fell over"), new Notification([Mae, Kim], "stage.rose", "It stands again"));

        (await Bell(portal.Http)).ShouldBe("2");
        (await Bell(kim)).ShouldBe("1");
        await portal.Service<IInbox>().Mark(Mae, items: null, read: true, Cancelled);

        (await Bell(portal.Http)).ShouldBeNull();
        (await Bell(kim)).ShouldBe("1");
    }

    [Fact]
    public async Task The_page_narrows_by_what_the_address_says_and_escapes_what_was_sent()
    {
        await using var portal = await Start();
        await Send(
            portal,
            new Notification([Mae], "stage.fell", "<img src=x onerror=alert(1)>") { Severity = Severity.Critical, Body = "</p><script>alert(2)</script>" },
            new Notification([Mae], "stage.rose", "It stands again"),
            new Notification([Mae], "portal.news", "Something else") { Entity = EntityRef.Parse("component:default/lamp") });

        var all = await portal.Page("/notifications", Cancelled);
        all.QuerySelectorAll(".inbox li.unread").Length.ShouldBe(3);
        all.QuerySelector("main .inbox img").ShouldBeNull();
        all.QuerySelectorAll("main script").ShouldBeEmpty();
        (await Titles("topic=stage")).Count.ShouldBe(2);
        (await Titles("topic=stage.rose")).ShouldBe(["It stands again (unread)"]);
        (await Titles("severity=critical")).Count.ShouldBe(1);
        (await Titles("text=STANDS")).Count.ShouldBe(1);
        (await Titles("entity=component:default/lamp")).ShouldBe(["Something else (unread)"]);
        (await Titles("offset=2&topic=%27%22%3E&severity=17&entity=%3A%3A")).ShouldBeEmpty();
        (await portal.Page("/notifications?text=nothing-like-it", Cancelled)).Body!.TextContent.ShouldContain("Nothing fits");

        async Task<List<string>> Titles(string query) =>
            [.. (await portal.Page($"/notifications?{query}", Cancelled)).QuerySelectorAll(".inbox h3").Select(title => title.TextContent)];
    }

    [Fact]
    public async Task Opening_one_marks_it_and_leads_to_what_it_is_about()
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");
        await Send(portal, new Notification([Mae], "stage.fell", "With a page") { Href = "/find?q=set" }, new Notification([Mae], "stage.fell", "With an entity") { Entity = EntityRef.Parse("component:default/lamp") });
        var items = (await portal.Service<IInbox>().List(Mae, new InboxQuery(), Cancelled)).Items;
        var (withEntity, withPage) = (items.Single(item => item.Href is null), items.Single(item => item.Href is not null));

        using var ahead = new HttpRequestMessage(HttpMethod.Get, $"/notifications/{withPage.Id}/open") { Headers = { { "Sec-Purpose", "prefetch" } } };
        (await portal.Http.SendAsync(ahead, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await Open(kim, withPage.Id)).ShouldBe("/notifications");
        (await portal.Service<IInbox>().CountUnread(Mae, Cancelled)).ShouldBe(2);

        (await Open(portal.Http, withPage.Id)).ShouldBe("/find?q=set");
        (await Open(portal.Http, withEntity.Id)).ShouldBe("/catalog/default/component/lamp");
        (await Open(portal.Http, Guid.NewGuid())).ShouldBe("/notifications");
        (await portal.Service<IInbox>().CountUnread(Mae, Cancelled)).ShouldBe(0);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\t/evil.example/")]
    public async Task Opening_one_never_leads_away_whatever_stands_in_the_database(string href)
    {
        await using var portal = await Start();
        await Send(portal, new Notification([Mae], "stage.fell", "Look here") { Href = "/fine" });
        await portal.Service<IDatabase>().Execute("update portal_inbox set href = @href", new { href }, Cancelled);
        var item = (await portal.Service<IInbox>().List(Mae, new InboxQuery(), Cancelled)).Items.Single();

        (await Open(portal.Http, item.Id)).ShouldBe("/notifications");
    }

    [Fact]
    public async Task The_api_lists_counts_and_marks_for_the_person()
    {
        await using var portal = await Start();
        await Send(portal, new Notification([Mae], "stage.fell", "One"), new Notification([Mae], "stage.rose", "Two") { Severity = Severity.Warning }, new Notification([Kim], "stage.fell", "Hers"));

        var list = await portal.Http.GetFromJsonAsync<JsonElement>("/api/portal/notifications?severity=warning", Cancelled);
        (list.GetProperty("total").GetInt64(), list.GetProperty("unread").GetInt64()).ShouldBe((1, 1));
        list.GetProperty("items")[0].GetProperty("severity").GetString().ShouldBe("warning");
        var id = list.GetProperty("items")[0].GetProperty("id").GetGuid();
        (await Post("read", new { ids = new[] { id } })).GetProperty("changed").GetInt32().ShouldBe(1);
        (await Unread()).ShouldBe(1);
        (await Post("unread", new { all = true })).GetProperty("changed").GetInt32().ShouldBe(1);
        (await Unread()).ShouldBe(2);

        using var both = await portal.Http.PostAsJsonAsync("/api/portal/notifications/read", new { ids = new[] { id }, all = true }, Cancelled);
        both.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var wrong in new[] { "severity=7", "entity=x", "limit=0", "limit=1000", "offset=-1" })
        {
            using var refused = await portal.Http.GetAsync($"/api/portal/notifications?{wrong}", Cancelled);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
        }

        async Task<JsonElement> Post(string what, object body)
        {
            using var answer = await portal.Http.PostAsJsonAsync($"/api/portal/notifications/{what}", body, Cancelled);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        }

        async Task<long> Unread() => (await portal.Http.GetFromJsonAsync<JsonElement>("/api/portal/notifications/count", Cancelled)).GetProperty("unread").GetInt64();
    }

    [Theory]
    [InlineData("GET", "/api/portal/notifications", "has no inbox")]
    [InlineData("GET", "/api/portal/notifications/count", "has no inbox")]
    [InlineData("GET", "/api/portal/me/data", "belong to people")]
    [InlineData("POST", "/marks", "belong to people")]
    public async Task A_service_is_refused_with_the_reason(string method, string path, string why)
    {
        await using var portal = await Start();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { Authorization = new("Bearer", Token) } };
        request.Content = method == "POST" ? new FormUrlEncodedContent(new Dictionary<string, string> { ["star"] = "component:default/lamp" }) : null;

        using var answer = await portal.Http.SendAsync(request, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString()!.ShouldContain(why);
    }

    private static async Task<string?> Bell(HttpClient client) => (await TestPortal.Page(client, "/settings", Cancelled)).QuerySelector(".bell .dot")?.TextContent;

    private static async Task<string> Open(HttpClient client, Guid id)
    {
        using var opened = await client.GetAsync($"/notifications/{id}/open", Cancelled);
        opened.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return opened.Headers.Location!.OriginalString;
    }

    private static async Task Send(TestPortal portal, params IEnumerable<Notification> notifications)
    {
        foreach (var notification in notifications)
        {
            await portal.Service<INotify>().Send(notification, Cancelled);
        }
    }

    private static Task<TestPortal> Start() => TestPortal.Start(
        new TestPortalOptions
        {
            Plugins = [new TestPlugin("stage", _ => { })],
            Configuration = $"""
                identity:
                  serviceTokens:
                    - name: probe
                      hash: sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Token)))}
                      roles: [administrator]
                """,
        },
        Cancelled);
}

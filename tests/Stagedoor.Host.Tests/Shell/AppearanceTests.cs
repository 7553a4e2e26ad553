using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Host.Tests.Shell;

/// <summary>How the portal looks to somebody, wherever they sign in, and what it keeps for them.</summary>
public sealed class AppearanceTests
{
    private static readonly EntityRef Mae = EntityRef.User("mae");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_chosen_holds_for_the_person_in_every_browser_and_for_nobody_else()
    {
        await using var portal = await Start();
        using var again = portal.As("mae");
        using var kim = portal.As("kim");

        using var saved = await Post(portal.Http, "/settings/appearance", ("theme", "dark"), ("density", "compact"), ("zone", "Asia/Tokyo"));

        saved.Headers.Location!.OriginalString.ShouldBe("/settings");
        var html = (await TestPortal.Page(again, "/settings", Cancelled)).DocumentElement;
        (html.GetAttribute("data-theme"), html.GetAttribute("data-density"), html.GetAttribute("data-zone")).ShouldBe(("dark", "compact", "Asia/Tokyo"));
        var hers = (await TestPortal.Page(kim, "/settings", Cancelled)).DocumentElement;
        (hers.GetAttribute("data-theme"), hers.GetAttribute("data-density"), hers.GetAttribute("data-zone")).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task A_time_is_told_in_the_chosen_zone_and_in_UTC()
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");
        await portal.Service<INotify>().Send(new Notification([Mae, EntityRef.User("kim")], "stage.fell", "It fell"), Cancelled);
        await portal.Service<IDatabase>().Execute("update portal_inbox set sent_at = @at", new { at = new DateTimeOffset(2026, 1, 15, 22, 30, 0, TimeSpan.Zero) }, Cancelled);
        using var saved = await Post(portal.Http, "/settings/appearance", ("zone", "Asia/Tokyo"));

        Exact(await portal.Page("/notifications", Cancelled)).ShouldBe("2026-01-16 07:30:00 UTC+09:00 Asia/Tokyo\n2026-01-15 22:30:00 UTC");
        Exact(await TestPortal.Page(kim, "/notifications", Cancelled)).ShouldBe("2026-01-15 22:30:00 UTC");

        static string Exact(IHtmlDocument page) => page.QuerySelector(".inbox time")!.GetAttribute("title")!;
    }

    [Fact]
    public async Task The_choice_on_the_server_wins_over_the_cookie_and_system_is_a_choice_too()
    {
        await using var portal = await Start();
        (await Theme("light")).ShouldBe("light");

        using (await Post(portal.Http, "/theme", ("theme", "dark")))
        {
            (await Theme("light")).ShouldBe("dark");
        }

        using (await Post(portal.Http, "/theme", ("theme", "system")))
        {
            (await Theme("light")).ShouldBeNull();
        }

        async Task<string?> Theme(string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/settings") { Headers = { { "Cookie", $"stagedoor-theme={cookie}" } } };
            using var answer = await portal.Http.SendAsync(request, Cancelled);
            return new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancelled)).DocumentElement.GetAttribute("data-theme");
        }
    }

    [Fact]
    public async Task A_chosen_zone_that_this_machine_does_not_know_outlives_other_choices()
    {
        await using var portal = await Start();
        await portal.Service<IPersonalSettings>().Set(Mae, "portal.appearance", new { timeZone = "Middle/Earth" }, Cancelled);
        var offered = (await portal.Page("/settings", Cancelled)).QuerySelector("select[name=zone] option[selected]")!.GetAttribute("value")!;

        using var saved = await Post(portal.Http, "/settings/appearance", ("density", "compact"), ("zone", offered));

        var kept = await portal.Service<IPersonalSettings>().Get<JsonElement>(Mae, "portal.appearance", Cancelled);
        (kept.GetProperty("timeZone").GetString(), kept.GetProperty("density").GetString()).ShouldBe(("Middle/Earth", "compact"));
    }

    [Fact]
    public async Task A_zone_that_is_none_changes_nothing_and_says_so()
    {
        await using var portal = await Start();

        using var refused = await Post(portal.Http, "/settings/appearance", ("density", "compact"), ("zone", "Middle/Earth"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        refused.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("stagedoor-said", StringComparison.Ordinal));
        (await portal.Page("/settings", Cancelled)).DocumentElement.HasAttribute("data-density").ShouldBeFalse();
    }

    [Fact]
    public async Task A_script_that_chooses_a_theme_gets_no_page()
    {
        await using var portal = await Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/theme") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["theme"] = "dark" }) };
        request.Headers.Accept.ParseAdd("application/json");

        using var answer = await portal.Http.SendAsync(request, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await portal.Page("/settings", Cancelled)).DocumentElement.GetAttribute("data-theme").ShouldBe("dark");
    }

    [Fact]
    public async Task What_is_kept_about_a_person_is_told_and_deleted_when_they_want()
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");
        await portal.Service<IEntityMarks>().Set(Mae, EntityMark.Star, EntityRef.Parse("component:default/lamp"), on: true, Cancelled);
        await portal.Service<INotify>().Send(new Notification([Mae, EntityRef.User("kim")], "stage.fell", "It fell"), Cancelled);
        portal.Service<IVisits>().Note(Mae, EntityRef.Parse("component:default/lamp"));
        using (await Post(portal.Http, "/settings/appearance", ("density", "compact")))
        {
            var before = await portal.Http.GetFromJsonAsync<JsonElement>("/api/portal/me/data", Cancelled);
            before.GetProperty("settings").EnumerateObject().Select(setting => setting.Name).Order().ShouldBe(["portal.appearance", "portal.star/component:default/lamp"]);
            (before.GetProperty("visits").GetArrayLength(), before.GetProperty("notifications").GetArrayLength()).ShouldBe((1, 1));
        }

        using (await Post(portal.Http, "/settings/forget", ("what", "visits")))
        {
            (await portal.Service<IVisits>().Of(Mae, Cancelled)).ShouldBeEmpty();
            (await portal.Service<IEntityMarks>().Of(Mae, EntityMark.Star, Cancelled)).Count.ShouldBe(1);
        }

        using var everything = await Post(portal.Http, "/settings/forget", ("what", "everything"));

        var after = await portal.Http.GetFromJsonAsync<JsonElement>("/api/portal/me/data", Cancelled);
        (after.GetProperty("settings").EnumerateObject().Count(), after.GetProperty("visits").GetArrayLength(), after.GetProperty("notifications").GetArrayLength()).ShouldBe((0, 0, 0));
        (await portal.Service<IInbox>().CountUnread(EntityRef.User("kim"), Cancelled)).ShouldBe(1);
        (await portal.Service<IAudit>().List(new AuditFilter { ActionPrefix = "portal.personal-data" }, Cancelled)).ShouldHaveSingleItem().By.ShouldBe(Mae.ToString());
    }

    [Fact]
    public async Task Stars_and_subscriptions_are_listed_with_the_way_to_take_them_away()
    {
        await using var portal = await Start();
        (await portal.Page("/settings/stars", Cancelled)).Body!.TextContent.ShouldContain("Nothing is starred yet");
        for (var i = 0; i < 60; i++)
        {
            await portal.Service<IEntityMarks>().Set(Mae, EntityMark.Star, EntityRef.Parse($"component:default/lamp-{i}"), on: true, Cancelled);
        }

        var page = await portal.Page("/settings/stars", Cancelled);
        page.QuerySelectorAll("main tbody tr").Length.ShouldBe(50);
        page.QuerySelectorAll("main button[form=marks][name=unstar]").Length.ShouldBe(50);
        (await portal.Page("/settings/stars?offset=50", Cancelled)).QuerySelectorAll("main tbody tr").Length.ShouldBe(10);
        (await portal.Page("/settings/stars?of=subscriptions", Cancelled)).Body!.TextContent.ShouldContain("You are told about nothing yet");

        using var taken = await Post(portal.Http, "/marks", ("unstar", "component:default/lamp-7"));

        (await portal.Service<IEntityMarks>().Of(Mae, EntityMark.Star, Cancelled)).Count.ShouldBe(59);
    }

    [Fact]
    public async Task A_form_that_is_refused_a_star_is_led_back_and_told_why()
    {
        await using var portal = await Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/marks") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["star"] = "not an entity" }) };
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Referrer = new Uri(portal.Http.BaseAddress!, "/find?q=x");

        using var answer = await portal.Http.SendAsync(request, Cancelled);

        answer.Headers.Location!.OriginalString.ShouldBe("/find?q=x");
        answer.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("stagedoor-said", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_keeps_as_much_as_one_may_is_told_so()
    {
        await using var portal = await Start();
        await portal.Service<IDatabase>().Transaction(
            transaction => transaction.Insert(
                new BulkInsert<int>(
                    "portal_personal_settings",
                    [BulkColumn<int>.Of("person", _ => Mae.ToString()), BulkColumn<int>.Of("key", i => $"test.key-{i}"), BulkColumn<int>.Of("value", _ => "1"), BulkColumn<int>.Of("changed_at", _ => DateTimeOffset.UtcNow)]),
                Enumerable.Range(0, 2000),
                Cancelled),
            Cancelled);

        using var refused = await Post(portal.Http, "/marks", ("star", "component:default/lamp"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString()!.ShouldContain("as many stars, subscriptions and settings as one may");
    }

    [Fact]
    public async Task A_topic_that_came_can_be_muted_and_heard_again()
    {
        await using var portal = await Start();
        await portal.Service<INotify>().Send(new Notification([Mae], "stage.fell", "One"), Cancelled);
        var page = await portal.Page("/settings/notifications", Cancelled);
        page.QuerySelector("button[value='mute:stage.fell']").ShouldNotBeNull();
        page.QuerySelector("button[value='mute:stage']").ShouldNotBeNull();

        await portal.Service<IPersonalSettings>().Set(Mae, "portal.muted/stage", true, Cancelled);

        var muted = await portal.Page("/settings/notifications", Cancelled);
        muted.QuerySelector("button[value='hear:stage']").ShouldNotBeNull();
        muted.QuerySelector("button[value='mute:stage.fell']").ShouldBeNull();
        await portal.Service<INotify>().Send(new Notification([Mae], "stage.fell", "Two"), Cancelled);
        (await portal.Service<IInbox>().List(Mae, new InboxQuery(), Cancelled)).Total.ShouldBe(1);
    }

    private static Task<TestPortal> Start() => TestPortal.Start(new TestPortalOptions(), Cancelled);

    private static async Task<HttpResponseMessage> Post(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value));
        return await client.PostAsync(path, content, Cancelled);
    }
}

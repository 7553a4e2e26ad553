using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Home.Announcements;
using Stagedoor.Plugins;
using Stagedoor.Testing.Clock;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Home.Tests;

/// <summary>What everybody is told for a while.</summary>
public sealed class AnnouncementsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_configuration_says_is_shown_in_its_time_and_cleaned_of_what_could_run()
    {
        await using var portal = await Start(
            $"""
            home:
              announcements:
                - id: freeze
                  title: "<b>Freeze</b>"
                  text: "Nothing is *released*. <script>alert(1)</script><img src=x onerror=alert(2)> [run](javascript:alert(3))"
                  severity: critical
                  link: /find
                - id: past
                  title: Over
                  until: 2020-01-01T00:00:00Z
                - id: future
                  title: Not yet
                  from: 2999-01-01T00:00:00Z
            """);

        var page = await portal.Page("/", Cancelled);

        var shown = page.QuerySelectorAll(".announcement").ShouldHaveSingleItem();
        shown.QuerySelector("h2")!.TextContent.ShouldBe("<b>Freeze</b>");
        shown.QuerySelector("em")!.TextContent.ShouldBe("released");
        shown.QuerySelectorAll("script, [onerror], a[href^=javascript]").ShouldBeEmpty();
        shown.QuerySelector("a[href='/find']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_puts_one_away_sees_it_no_more_and_others_do()
    {
        await using var portal = await Start("home:\n  announcements:\n    - id: freeze\n      title: Freeze\n");
        using var kim = portal.As("kim");
        var form = (IHtmlFormElement)(await portal.Page("/", Cancelled)).QuerySelector(".announcement form")!;

        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action"));
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await portal.Http.SendAsync(request, Cancelled);

        (answer.StatusCode, answer.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.Redirect, "/"));
        (await portal.Page("/", Cancelled)).QuerySelector(".announcement").ShouldBeNull();
        (await TestPortal.Page(kim, "/", Cancelled)).QuerySelector(".announcement").ShouldNotBeNull();
    }

    [Fact]
    public async Task An_administrator_writes_changes_and_ends_one_and_each_leaves_a_record()
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");
        (await TestPortal.Page(kim, "/settings/announcements", Cancelled)).Body!.TextContent.ShouldContain("Nothing is announced");

        await Send(kim, "/settings/announcements/new", ("title", "We move"), ("text", "On **Friday**"), ("severity", "Warning"), ("link", "/find"));
        (await portal.Page("/", Cancelled)).QuerySelector(".announcement strong")!.TextContent.ShouldBe("Friday");
        var edit = (await TestPortal.Page(kim, "/settings/announcements", Cancelled)).QuerySelector("main td a")!.GetAttribute("href")!;
        await Send(kim, edit, ("title", "We moved"));
        (await portal.Page("/", Cancelled)).QuerySelector(".announcement h2")!.TextContent.ShouldBe("We moved");
        var list = await TestPortal.Page(kim, "/settings/announcements", Cancelled);
        await Send(kim, "/settings/announcements", ("do", list.QuerySelector("button[value^='end:']")!.GetAttribute("value")!));

        (await portal.Page("/", Cancelled)).QuerySelector(".announcement").ShouldBeNull();
        (await TestPortal.Page(kim, "/settings/announcements", Cancelled)).Body!.TextContent.ShouldContain("ended");
        var records = await portal.Service<IAudit>().List(new AuditFilter { ActionPrefix = "home." }, Cancelled);
        records.Select(record => record.Action).ShouldBe(["home.announcement-ended", "home.announcement-changed", "home.announced"]);
        records.ShouldAllBe(record => record.By == "user:default/kim");
    }

    [Theory]
    [InlineData("link", "javascript:alert(1)", "A link begins with https://")]
    [InlineData("link", "//evil.example", "A link begins with https://")]
    [InlineData("link", "/\\evil.example", "A link begins with https://")]
    [InlineData("title", "  ", "in at most 120 characters")]
    [InlineData("from", "tomorrow", "Write a day and a time")]
    [InlineData("until", "2001-01-01T00:00", "It would end before it begins")]
    public async Task What_does_not_fit_is_told_beside_its_field_and_nothing_is_lost(string field, string value, string mistake)
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");

        var page = await Send(kim, "/settings/announcements/new", ("title", "Kept title"), ("text", "Kept text"), (field, value));

        page!.QuerySelector(".field.wrong .error")!.TextContent.ShouldContain(mistake);
        page.QuerySelector("textarea")!.TextContent.Trim().ShouldBe("Kept text");
        (await portal.Service<AnnouncementStore>().Count(Cancelled)).ShouldBe(0);
    }

    [Fact]
    public async Task Times_are_those_of_the_writers_zone()
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");
        using (await kim.PostAsync("/settings/appearance", new FormUrlEncodedContent(new Dictionary<string, string> { ["zone"] = "America/New_York" }), Cancelled))
        {
            await Send(kim, "/settings/announcements/new", ("title", "Later"), ("from", "2099-07-01T08:00"), ("until", "2099-07-01T10:00"));
        }

        var written = (await portal.Service<AnnouncementStore>().List(0, 10, Cancelled)).ShouldHaveSingleItem();

        (written.StartsAt, written.EndsAt).ShouldBe((new DateTimeOffset(2099, 7, 1, 12, 0, 0, TimeSpan.Zero), (DateTimeOffset?)new DateTimeOffset(2099, 7, 1, 14, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Those_who_may_not_announce_do_not_reach_the_pages()
    {
        await using var portal = await Start();

        foreach (var path in new[] { "/settings/announcements", "/settings/announcements/new", $"/settings/announcements/{Guid.NewGuid()}" })
        {
            using var answer = await portal.Http.GetAsync(path, Cancelled);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var kim = portal.As("kim");
        using var missing = await kim.GetAsync($"/settings/announcements/{Guid.NewGuid()}", Cancelled);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("%3Cscript%3E", HttpStatusCode.BadRequest)]
    [InlineData("never-there", HttpStatusCode.NoContent)]
    public async Task Only_an_id_can_be_put_away(string id, HttpStatusCode expected)
    {
        await using var portal = await Start();

        using var answer = await portal.Http.PostAsync($"/api/home/announcements/{id}/dismiss", content: null, Cancelled);

        answer.StatusCode.ShouldBe(expected);
    }

    /// <summary>Sends a page's form as a browser does; what comes back if it was not accepted.</summary>
    private static async Task<IHtmlDocument?> Send(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, path);
        get.Headers.Accept.ParseAdd("text/html");
        using var shown = await client.SendAsync(get, Cancelled);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await shown.Content.ReadAsStringAsync(Cancelled));
        var form = page.QuerySelector("main form[method=post]")!;
        var sent = new Dictionary<string, string>();
        foreach (var input in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            if (input is not IHtmlInputElement { Type: "checkbox" })
            {
                sent[input.GetAttribute("name")!] = input switch { IHtmlInputElement one => one.Value, IHtmlTextAreaElement one => one.Value, IHtmlSelectElement one => one.Value ?? "", _ => "" };
            }
        }

        foreach (var (name, value) in fields)
        {
            sent[name] = value;
        }

        using var post = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(sent) };
        post.Headers.Accept.ParseAdd("text/html");
        var cookies = shown.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(cookie => cookie.Split(';')[0]) : [];
        post.Headers.Add("Cookie", string.Join("; ", client.DefaultRequestHeaders.GetValues("Cookie").Concat(cookies)));
        using var answer = await client.SendAsync(post, Cancelled);
        if (answer.StatusCode == HttpStatusCode.Redirect)
        {
            return null;
        }

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private static Task<TestPortal> Start(string configuration = "home:\n  announcements: []\n") =>
        TestPortal.Start(new TestPortalOptions { Plugins = [new HomePlugin()], Configuration = configuration }, Cancelled);
}

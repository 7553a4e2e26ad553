using System.Net;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;
using static Stagedoor.Org.Tests.OrgPortal;

namespace Stagedoor.Org.Tests;

/// <summary>The portal's directory is that of the catalog, and follows it.</summary>
public sealed class DirectoryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_portal_without_a_catalog_has_the_people_of_its_sample()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new OrgPlugin()] }, Cancelled);

        portal.Service<IDirectory>().FindPerson(EntityRef.User("mae"))!.Name.ShouldBe("Mae Albrecht");
        (await portal.Http.GetAsync("/", Cancelled)).StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_members_and_what_groups_declare_both_count()
    {
        await using var portal = await OrgPortal.Start(
            Group("north", more: "  members: [zoe]") + Group("squad", "north") + Group("guild", more: "  profile: {displayName: The guild}").Replace("children: []", "children: [squad]", StringComparison.Ordinal)
            + User("ada", "squad", "  profile: {displayName: Ada L, email: ada@x.example}", "  description: Counts.") + User("zoe", ""));

        var directory = await portal.Knows("both people", directory => directory.People.Count == 2 && directory.Groups.Count == 3);

        var ada = directory.FindPerson(EntityRef.User("ada"))!;
        (ada.Name, ada.Email, ada.Description).ShouldBe(("Ada L", "ada@x.example", "Counts."));
        directory.GroupsOf(ada.Ref).ShouldBe([EntityRef.Group("squad"), EntityRef.Group("north"), EntityRef.Group("guild")]);
        directory.GroupsOf(EntityRef.User("zoe")).ShouldBe([EntityRef.Group("north")]);
        directory.MembersOf(EntityRef.Group("north")).Select(person => person.Name).ShouldBe(["Ada L", "zoe"]);
        directory.FindGroup(EntityRef.Group("guild"))!.Name.ShouldBe("The guild");
    }

    [Fact]
    public async Task What_a_group_says_of_its_members_and_children_takes_effect_and_passes_again()
    {
        await using var portal = await OrgPortal.Start(Group("north") + Group("squad") + User("ada", "") + User("zoe", "squad"));
        await portal.Knows("both people", directory => directory.People.Count == 2);
        var revision = portal.Directory.Revision;

        portal.Write(Group("north", more: "  members: [ada]").Replace("children: []", "children: [squad]", StringComparison.Ordinal) + Group("squad") + User("ada", "") + User("zoe", "squad"));
        await portal.Knows("two members of north", directory => directory.MembersOf(EntityRef.Group("north")).Count == 2);
        portal.Directory.Revision.ShouldBeGreaterThan(revision);
        portal.Directory.GroupsOf(EntityRef.User("zoe")).ShouldBe([EntityRef.Group("squad"), EntityRef.Group("north")]);

        portal.Write(Group("squad") + User("ada", "") + User("zoe", "squad"));
        await portal.Knows("no group north", directory => directory.FindGroup(EntityRef.Group("north")) is null);
        await portal.Knows("nobody in north", directory => directory.MembersOf(EntityRef.Group("north")).Count == 0);
        portal.Directory.GroupsOf(EntityRef.User("ada")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_neither_about_people_nor_groups_leaves_the_directory_alone()
    {
        await using var portal = await OrgPortal.Start(Group("squad") + User("ada", "squad"));
        await portal.Knows("ada", directory => directory.People.Count == 1);
        var revision = portal.Directory.Revision;

        portal.Write(Component("later", "squad"), "later.yaml");
        await Eventually.Reach(
            "the component is there", TimeSpan.FromSeconds(60),
            async () => await portal.Portal.Service<ICatalog>().Find(new EntityRef("component", "default", "later"), Caller.Portal, Cancelled), found => found is not null, Cancelled);

        portal.Directory.Revision.ShouldBe(revision);
    }

    [Fact]
    public async Task Rights_of_a_group_come_and_go_with_membership_and_a_person_who_is_gone_is_nobody()
    {
        await using var portal = await OrgPortal.Start(User("ada", ""), sample: "polaris");
        await portal.Knows("ada", directory => directory.FindPerson(EntityRef.User("ada")) is not null);
        using var ada = portal.Portal.As("ada");
        (await ada.GetAsync("/settings/plugins", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        portal.Write(Group("portal-administrators") + User("ada", "portal-administrators"));
        await Becomes(ada, HttpStatusCode.OK);

        portal.Write(User("ada", ""));
        await Becomes(ada, HttpStatusCode.Forbidden);

        // In the sample one who is gone becomes its person again, who is no administrator either.
        portal.Write(User("eve", ""));
        await portal.Knows("that ada is gone", directory => directory.FindPerson(EntityRef.User("ada")) is null);
        (await ada.GetStringAsync("/settings", Cancelled)).ShouldContain("Mae Albrecht");
    }

    [Fact]
    public async Task A_group_makes_nobody_an_administrator_by_naming_the_administrators_as_its_parent()
    {
        await using var portal = await OrgPortal.Start(
            Group("portal-administrators") + Group("portal-owners", "portal-administrators", more: "  members: [ada]") + User("ada", ""), sample: "polaris");
        await portal.Knows("the way up", directory => directory.GroupsOf(EntityRef.User("ada")).Contains(EntityRef.Group("portal-administrators")));
        using var ada = portal.Portal.As("ada");
        (await ada.GetAsync("/settings/plugins", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // The administrators' own group names its child, whose own declaration names its members: in a circle too.
        portal.Write(
            Group("portal-administrators").Replace("children: []", "children: [portal-owners]", StringComparison.Ordinal)
            + Group("portal-owners", more: "  members: [ada]").Replace("children: []", "children: [portal-administrators]", StringComparison.Ordinal) + User("ada", ""));
        await Becomes(ada, HttpStatusCode.OK);

        portal.Write(Group("portal-administrators") + Group("portal-owners", "portal-administrators", more: "  members: [ada]") + User("ada", ""));
        await Becomes(ada, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Twenty_thousand_people_are_followed()
    {
        var groups = string.Concat(Enumerable.Range(0, 200).Select(i => Group($"g{i}", i == 0 ? null : "g0")));
        await using var portal = await OrgPortal.Start(groups);
        foreach (var part in Enumerable.Range(0, 20))
        {
            portal.Write(string.Concat(Enumerable.Range(part * 1000, 1000).Select(i => User($"p{i}", $"g{i % 200}"))), $"people-{part}.yaml");
        }

        var directory = await portal.Knows("all", directory => directory.People.Count == 20_000 && directory.MembersOf(EntityRef.Group("g0")).Count == 20_000);

        directory.MembersOf(EntityRef.Group("g7")).Count.ShouldBe(100);
        directory.GroupsOf(EntityRef.User("p19999")).ShouldBe([EntityRef.Group("g199"), EntityRef.Group("g0")]);
    }

    private static Task<HttpStatusCode> Becomes(HttpClient client, HttpStatusCode wanted) => Eventually.Reach(
        $"the answer is {wanted}", TimeSpan.FromSeconds(60), async () =>
        {
            using var answer = await client.GetAsync("/settings/plugins", Cancelled);
            return answer.StatusCode;
        },
        status => status == wanted, Cancelled);
}

using Stagedoor.Host.People;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.People;

public sealed class OrganisationDirectoryTests
{
    private static readonly EntityRef Inner = EntityRef.Group("inner");
    private static readonly EntityRef Outer = EntityRef.Group("outer");
    private static readonly EntityRef Beside = EntityRef.Group("beside");

    [Fact]
    public void Members_of_a_group_include_those_of_its_children_each_once_by_name()
    {
        var directory = new OrganisationDirectory(
            [Person("zoe", Inner), Person("ada", Outer, Inner), Person("bob", Beside)],
            [Group(Inner, Outer), Group(Outer), Group(Beside)]);

        directory.MembersOf(Outer).Select(person => person.Name).ShouldBe(["ada", "zoe"]);
        directory.MembersOf(Inner).Select(person => person.Name).ShouldBe(["ada", "zoe"]);
        directory.MembersOf(Beside).ShouldHaveSingleItem().Name.ShouldBe("bob");
        directory.MembersOf(EntityRef.Group("gone")).ShouldBeEmpty();
    }

    [Fact]
    public void A_cycle_of_parents_ends_in_both_directions()
    {
        var directory = new OrganisationDirectory([Person("ada", Inner)], [Group(Inner, Outer), Group(Outer, Inner), Group(Beside, Beside)]);

        directory.GroupsOf(EntityRef.User("ada")).ShouldBe([Inner, Outer]);
        directory.GroupsWithin(Outer).ShouldBe([Outer, Inner]);
        directory.GroupsWithin(Beside).ShouldBe([Beside]);
        directory.MembersOf(Outer).ShouldHaveSingleItem().Name.ShouldBe("ada");
    }

    [Fact]
    public void Groups_that_name_a_child_are_its_parents_too()
    {
        var directory = new OrganisationDirectory([Person("ada", Inner)], [Group(Inner, Outer) with { OtherParents = [Beside] }, Group(Outer), Group(Beside)]);

        directory.GroupsOf(EntityRef.User("ada")).ShouldBe([Inner, Outer, Beside]);
        directory.ChildrenOf(Beside).ShouldHaveSingleItem().Ref.ShouldBe(Inner);
    }

    [Fact]
    public void A_group_that_does_not_exist_is_still_ones_group()
    {
        var directory = new OrganisationDirectory([Person("ada", EntityRef.Group("Gone"))], []);

        directory.GroupsOf(EntityRef.User("ADA")).ShouldBe([EntityRef.Group("gone")]);
        directory.MembersOf(EntityRef.Group("gone")).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_change_leaves_the_rest_as_it_was_and_everybody_in_order()
    {
        var before = new OrganisationDirectory([Person("bob", Inner), Person("zoe", Inner), Person("kim", Outer)], [Group(Inner, Outer), Group(Outer)]);

        var after = before.With(new OrganisationChanges(
            new() { [EntityRef.User("kim")] = null, [EntityRef.User("zoe")] = Person("zoe", Beside), [EntityRef.User("ada")] = Person("ada", Inner), [EntityRef.User("zzz")] = Person("zzz", Inner) },
            new() { [Outer] = null, [Beside] = Group(Beside) }));

        after.People.Select(person => person.Name).ShouldBe(["ada", "bob", "zoe", "zzz"]);
        after.MembersOf(Inner).Select(person => person.Name).ShouldBe(["ada", "bob", "zzz"]);
        after.MembersOf(Beside).ShouldHaveSingleItem().Name.ShouldBe("zoe");
        after.FindPerson(EntityRef.User("kim")).ShouldBeNull();
        after.Groups.Select(group => group.Ref).ShouldBe([Beside, Inner]);
        before.People.Select(person => person.Name).ShouldBe(["bob", "kim", "zoe"]);
    }

    [Fact]
    public void Twenty_thousand_people_in_a_chain_of_thousands_of_groups_are_answered()
    {
        var groups = Enumerable.Range(0, 5000).Select(i => Group(EntityRef.Group($"g{i}"), i == 0 ? null : EntityRef.Group($"g{i - 1}"))).ToList();
        var people = Enumerable.Range(0, 20_000).Select(i => Person($"p{i:00000}", EntityRef.Group($"g{i % 5000}"))).ToList();

        var directory = new OrganisationDirectory(people, groups);

        directory.MembersOf(EntityRef.Group("g0")).Count.ShouldBe(20_000);
        directory.MembersOf(EntityRef.Group("g4999")).Select(person => person.Name).ShouldBe(["p04999", "p09999", "p14999", "p19999"]);
        directory.GroupsOf(EntityRef.User("p04999")).Count.ShouldBe(5000);
        people.Take(1000).ShouldAllBe(person => directory.GroupsOf(person.Ref)[0] == person.MemberOf[0]);
    }

    private static Person Person(string name, params EntityRef[] groups) => new(EntityRef.User(name), name) { MemberOf = groups };

    private static Group Group(EntityRef group, EntityRef? parent = null) => new(group, group.Name) { Parent = parent };
}

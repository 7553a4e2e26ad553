using Stagedoor.Plugins;

namespace Stagedoor.Plugins.Tests;

public sealed class CallerTests
{
    private static readonly Permission Read = new("releases.read", "");

    [Fact]
    public void An_administrator_may_do_what_no_list_names() =>
        Person(Role.Administrator.Name).May(Read).ShouldBeTrue();

    [Fact]
    public void Another_person_may_do_what_is_listed_and_nothing_else()
    {
        var person = Person() with { Permissions = new HashSet<string> { "releases.read" } };

        person.May(Read).ShouldBeTrue();
        person.May("releases.delete").ShouldBeFalse();
    }

    [Fact]
    public void What_needs_no_permission_anybody_may_do() => Caller.Anonymous.May((Permission?)null).ShouldBeTrue();

    [Fact]
    public void A_person_is_the_owner_of_what_they_or_their_groups_own()
    {
        var person = Person() with { Groups = [EntityRef.Group("squad-lantern"), EntityRef.Group("polaris")] };

        person.Is(EntityRef.User("MAE")).ShouldBeTrue();
        person.Is(EntityRef.Group("polaris")).ShouldBeTrue();
        person.Is(EntityRef.Group("squad-tern")).ShouldBeFalse();
    }

    private static Caller Person(params string[] roles) => new() { Kind = CallerKind.Person, Ref = EntityRef.User("mae"), Name = "Mae", Roles = roles.ToHashSet() };
}

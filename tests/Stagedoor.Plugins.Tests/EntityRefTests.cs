using Stagedoor.Plugins;

namespace Stagedoor.Plugins.Tests;

public sealed class EntityRefTests
{
    [Theory]
    [InlineData("component:default/dead-letter", "component:default/dead-letter")]
    [InlineData("Component:Default/Dead-Letter", "component:default/dead-letter")]
    [InlineData("user:mae", "user:default/mae")]
    [InlineData(" group:squads/lantern ", "group:squads/lantern")]
    public void A_reference_is_read_and_written_in_its_canonical_form(string text, string canonical) =>
        EntityRef.Parse(text).ToString().ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData("mae")]
    [InlineData("user:")]
    [InlineData("user:/mae")]
    [InlineData(":default/mae")]
    [InlineData("user:default/")]
    [InlineData("user:a/b/c")]
    public void What_is_not_a_reference_is_refused_with_an_example(string text) =>
        Should.Throw<FormatException>(() => EntityRef.Parse(text)).Message.ShouldContain("kind:namespace/name");

    [Fact]
    public void A_missing_kind_comes_from_the_default()
    {
        EntityRef.TryParse("squad-lantern", "group", EntityRef.DefaultNamespace, out var parsed).ShouldBeTrue();

        parsed.ShouldBe(EntityRef.Group("squad-lantern"));
    }

    [Fact]
    public void References_that_differ_by_case_are_the_same() =>
        EntityRef.Parse("User:Default/MAE").GetHashCode().ShouldBe(EntityRef.User("mae").GetHashCode());
}

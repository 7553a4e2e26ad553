using Stagedoor.Catalog.Reading.Patterns;

namespace Stagedoor.Catalog.Tests.Reading;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*.yaml", "a.yaml", true)]
    [InlineData("*.yaml", "a/b.yaml", false)]
    [InlineData("*.yaml", ".hidden.yaml", false)]
    [InlineData("**/*.yaml", "a.yaml", true)]
    [InlineData("**/*.yaml", "a/b/c.yaml", true)]
    [InlineData("**/*.yaml", ".git/c.yaml", false)]
    [InlineData(".github/**/*.yaml", ".github/a/c.yaml", true)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("{api,component}-*.y{,a}ml", "api-one.yaml", true)]
    [InlineData("{api,component}-*.y{,a}ml", "component-one.yml", true)]
    [InlineData("{api,component}-*.y{,a}ml", "other-one.yml", false)]
    [InlineData("file?.[a-c]x", "file1.bx", true)]
    [InlineData("file?.[!a-c]x", "file1.bx", false)]
    [InlineData("a*b*c*d", "aXbYcZd", true)]
    [InlineData("a*b*c*d", "aXbYcZ", false)]
    [InlineData("[", "[", true)]
    public void Paths_match_as_in_a_shell(string pattern, string path, bool expected) => Glob.Parse(pattern).Matches(path).ShouldBe(expected);

    [Theory]
    [InlineData("a/b/*.yaml", "a", true)]
    [InlineData("a/b/*.yaml", "a/b", true)]
    [InlineData("a/b/*.yaml", "a/c", false)]
    [InlineData("a/b/*.yaml", "a/b/c", false)]
    [InlineData("**/x", "deep/down/here", true)]
    [InlineData("**/x", "node/.git", false)]
    public void Only_folders_that_may_hold_something_are_looked_into(string pattern, string folder, bool expected) =>
        Glob.Parse(pattern).MayMatchBelow(folder).ShouldBe(expected);

    [Fact]
    public void A_pattern_made_to_take_for_ever_does_not()
    {
        var pattern = Glob.Parse(string.Concat(Enumerable.Repeat("*a", 200)));

        pattern.Matches(new string('a', 5000) + "b").ShouldBeFalse();
    }

    [Fact]
    public void A_pattern_that_stands_for_too_many_is_refused() =>
        Should.Throw<FormatException>(() => Glob.Parse(string.Concat(Enumerable.Repeat("{a,b}", 10)))).Message.ShouldContain("more than 64");

    [Fact]
    public void Many_folders_in_a_pattern_and_in_a_path_do_not_multiply()
    {
        var pattern = Glob.Parse(string.Concat(Enumerable.Repeat("**/a/", 20)) + "x");

        pattern.Matches(string.Join('/', Enumerable.Repeat("a", 60))).ShouldBeFalse();
    }
}

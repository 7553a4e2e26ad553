using Stagedoor.Docs.Icons;

namespace Stagedoor.Docs.Tests.Icons;

public sealed class IconLibraryTests
{
    [Fact]
    public void An_icon_is_drawn_and_one_that_is_not_there_leaves_its_name()
    {
        var html = new IconLibrary().Fill("<p>a<span class=\"twemoji\" data-icon=\"material-account\"></span>b<span class=\"twemoji\" data-icon=\"material-no-such\"></span> data-icon=\"x</p>");

        html.ShouldEndWith("b<span class=\"twemoji\" data-icon=\"material-no-such\">:material-no-such:</span> data-icon=\"x</p>");
        html.ShouldStartWith(DocsPlugin.HasLibraries ? "<p>a<span class=\"twemoji\" data-icon=\"material-account\"><svg viewBox=\"0 0 24 24\"" : "<p>a<span class=\"twemoji\" data-icon=\"material-account\">:material-account:</span>");
    }

    [Theory]
    [InlineData("material-rocket-launch")]
    [InlineData("fontawesome-brands-github")]
    [InlineData("fontawesome-solid-paper-plane")]
    [InlineData("fontawesome-regular-clock")]
    [InlineData("octicons-heart-fill-24")]
    [InlineData("simple-kubernetes")]
    public void The_sets_that_sites_use_are_there_if_npm_was(string name) => new IconLibrary().Has(name).ShouldBe(DocsPlugin.HasLibraries);
}

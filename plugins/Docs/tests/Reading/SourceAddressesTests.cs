using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Tests.Reading;

public sealed class SourceAddressesTests
{
    [Theory]
    [InlineData("https://github.com/acme/ledger/blob/main/docs/index.md", "https://github.com/acme/ledger/edit/main/docs/index.md")]
    [InlineData("https://github.com/acme/ledger/blob/main/src/blob/index.md", "https://github.com/acme/ledger/edit/main/src/blob/index.md")]
    [InlineData("https://github.com/blob/blob/blob/main/index.md", "https://github.com/blob/blob/edit/main/index.md")]
    [InlineData("https://git.example.com/a/blob/c/-/blob/main/blob/-/blob/x%20y.md", "https://git.example.com/a/blob/c/-/edit/main/blob/-/blob/x%20y.md")]
    [InlineData("https://code.example.com/blob/main/index.md", null)]
    public void Of_a_known_code_host_the_editor_is_one_word_away(string view, string? edit)
    {
        var page = new SitePage("index.md", "", "Home", new SiteFile("docs/index.md", 1, ""), new SiteSettings { Name = "Ledger" });

        SourceAddresses.Of(new OpenDocs(new Entity("""{"kind":"Component","metadata":{"name":"ledger"},"spec":{}}"""u8.ToArray()), null, null, null), page, _ => view).ShouldBe(new SourceLinks(view, edit));
    }
}

using Stagedoor.Sources.Tests.Serving;

namespace Stagedoor.Sources.Tests.Git;

/// <summary>How code hosts write the addresses of files.</summary>
public sealed class CodeHostsTests
{
    [Theory]
    [InlineData("https://github.com/owner/name/blob/main/docs/a.md", "https://github.com/owner/name.git", "main", "docs/a.md")]
    [InlineData("https://github.com/owner/name/tree/main", "https://github.com/owner/name.git", "main", "")]
    [InlineData("https://raw.githubusercontent.com/owner/name/main/a.md", "https://github.com/owner/name.git", "main", "a.md")]
    [InlineData("https://gitlab.com/group/sub/name/-/blob/main/a%20b.md", "https://gitlab.com/group/sub/name.git", "main", "a b.md")]
    [InlineData("https://bitbucket.org/space/name/src/main/a.md", "https://bitbucket.org/space/name.git", "main", "a.md")]
    [InlineData("https://bitbucket.corp.example/projects/P/repos/name/browse/a.md?at=refs%2Fheads%2Fmain", "https://bitbucket.corp.example/scm/P/name.git", "main", "a.md")]
    [InlineData("https://dev.azure.com/company/project/_git/name?path=/a.md&version=GBmain", "https://dev.azure.com/company/project/_git/name", "main", "a.md")]
    [InlineData("https://codeberg.org/owner/name/src/branch/main/a.md", "https://codeberg.org/owner/name.git", "main", "a.md")]
    [InlineData("https://code.corp.example/owner/name/blob/main/a.md", "https://code.corp.example/owner/name.git", "main", "a.md")]
    public void A_file_is_located_by_its_address_and_its_place_leads_back(string address, string repository, string reference, string path)
    {
        using var outside = Corporate();

        var file = outside.Repositories.Locate(new Uri(address)).ShouldNotBeNull();
        var back = outside.Repositories.ParsePlace(outside.Repositories.PlaceOf(file));

        file.ShouldBe(new RepositoryFile(new RepositoryAddress(repository), reference, path));
        back.ShouldBe(file);
    }

    [Theory]
    [InlineData("https://example.com/owner/name/blob/main/a.md")]
    [InlineData("https://github.com/owner/name")]
    [InlineData("https://github.com/owner/name/issues/1")]
    [InlineData("https://github.com/owner/name/blob/--upload-pack=x/a.md")]
    [InlineData("https://github.com/owner/name/blob/main/%2e%2e/a.md/%2E%2E/..%2f")]
    [InlineData("https://me@github.com/owner/name/blob/main/a.md")]
    public void What_is_not_the_address_of_a_file_is_not_located(string address)
    {
        using var outside = Corporate();

        var located = outside.Repositories.Locate(new Uri(address));

        (located is null || !located.Path.Split('/').Contains("..")).ShouldBeTrue();
        (located?.Reference?.StartsWith('-') ?? false).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://git.example.com/owner/name.git", "main", "a b/ä.yaml")]
    [InlineData("file:///srv/repos/one", "feature/x", "catalog-info.yaml")]
    [InlineData("ssh://git@github.com/owner/name.git", null, "")]
    public void A_file_of_another_host_has_a_place_that_leads_back(string repository, string? reference, string path)
    {
        using var outside = Corporate();
        var file = new RepositoryFile(new RepositoryAddress(repository), reference, path);

        var place = outside.Repositories.PlaceOf(file);

        place.ShouldStartWith($"git:{repository}");
        outside.Repositories.ParsePlace(place).ShouldBe(file);
    }

    [Fact]
    public void Plain_content_is_where_the_host_gives_it()
    {
        using var outside = Corporate();

        outside.Repositories.RawAddress(outside.Repositories.Locate(new Uri("https://github.com/o/n/blob/main/a b.md"))!)!.AbsoluteUri
            .ShouldBe("https://raw.githubusercontent.com/o/n/main/a%20b.md");
    }

    private static Outside Corporate() => new(new SourcesOptions { Hosts = [new SourceHost { Host = "code.corp.example", Kind = CodeHostKind.GitHub }] });
}

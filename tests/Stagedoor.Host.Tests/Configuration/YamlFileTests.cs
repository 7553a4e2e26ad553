using System.Text;
using Stagedoor.Host.Configuration;

namespace Stagedoor.Host.Tests.Configuration;

public sealed class YamlFileTests
{
    [Fact]
    public void Broken_yaml_is_told_with_its_line_and_column()
    {
        using var written = Written.Yaml("portal:\n  name: \"Polaris\n");

        written.Text().ShouldStartWith("stagedoor.yaml:");
        written.Text().ShouldContain("error: This is not valid YAML:");
    }

    [Fact]
    public void A_tab_is_explained()
    {
        using var written = Written.Yaml("portal:\n\tname: Polaris\n");

        written.Text().ShouldBe(
            """
            stagedoor.yaml:2:1: error: This line is indented with a tab, and YAML only knows spaces.
              2 |  name: Polaris
                | ^
                Replace the tab by spaces; most editors can show and convert them.

            1 mistake in the configuration.
            """);
    }

    [Fact]
    public void A_key_that_is_set_twice_is_refused()
    {
        using var written = Written.Yaml("portal:\n  name: One\n  organisation: X\n  Name: Two\n");

        written.Text().ShouldBe(
            """
            stagedoor.yaml:4:3: error: portal.Name is set twice: the first time on line 2.
              4 |   Name: Two
                |   ^^^^
                Remove one of the two.

            1 mistake in the configuration.
            """);
    }

    [Fact]
    public void Aliases_that_multiply_are_stopped()
    {
        var bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (var letter = 'b'; letter <= 'j'; letter++)
        {
            bomb.Append($"{letter}: &{letter} [").AppendJoin(',', Enumerable.Repeat($"*{(char)(letter - 1)}", 9)).Append("]\n");
        }

        using var written = Written.Yaml(bomb.ToString());

        written.Text().ShouldContain("Aliases that repeat aliases multiply.");
    }

    [Fact]
    public void Nesting_without_end_is_stopped()
    {
        using var written = Written.Yaml("portal: " + new string('[', 5000));

        written.Text().ShouldContain("This is nested more than 40 levels deep.");
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        using var written = Written.Yaml("# " + new string('x', (5 * 1024 * 1024) + 1));

        written.Text().ShouldContain("The configuration file stagedoor.yaml is larger than 5 MB.");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using var written = new Written();

        written.Load("missing.yaml").Check([]).Text().Trim().ShouldBe(
            """
            missing.yaml: error: The configuration file missing.yaml does not exist.
                Check the path given by --config, or leave the option out.

            1 mistake in the configuration.
            """);
    }

    [Fact]
    public void A_directory_in_place_of_a_file_is_said()
    {
        using var written = new Written();
        Directory.CreateDirectory(Path.Combine(written.Folder, "conf"));

        written.Load("conf").Check([]).Text().ShouldContain("The configuration file conf is a directory.");
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        using var written = new Written();
        File.WriteAllBytes(Path.Combine(written.Folder, "stagedoor.yaml"), [0x70, 0xE4, 0x3A, 0x20, 0x31]);

        written.Text().ShouldContain("is not text in UTF-8. Save it in that encoding.");
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_fine()
    {
        using var written = Written.Yaml("\uFEFFportal:\r\n  name: Polaris\r\n");

        written.Text().ShouldBeEmpty();
        written.Load().Root["portal:name"].ShouldBe("Polaris");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("portal:\n")]
    public void An_empty_file_means_the_defaults(string yaml)
    {
        using var written = Written.Yaml(yaml);

        written.Text().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("just words", "this is a single value")]
    [InlineData("- a\n- b\n", "this is a list")]
    public void A_file_without_sections_is_refused(string yaml, string what)
    {
        using var written = Written.Yaml(yaml);

        written.Text().ShouldContain($"A configuration file consists of sections such as 'server:', and {what}.");
    }

    [Fact]
    public void A_second_document_is_refused()
    {
        using var written = Written.Yaml("portal:\n  name: A\n---\nportal:\n  name: B\n");

        written.Text().ShouldContain("stagedoor.yaml:3:1: error: A configuration file holds one YAML document");
    }

    [Fact]
    public void Anchors_and_merge_keys_work()
    {
        using var written = Written.Yaml(
            """
            environments:
              - &dev
                name: dev
                links: { logs: "https://logs.example.com" }
              - <<: *dev
                name: test
            """);

        written.Text().ShouldBeEmpty();
        written.Load().Root["environments:1:links:logs"].ShouldBe("https://logs.example.com");
        written.Load().Root["environments:1:name"].ShouldBe("test");
    }

    [Fact]
    public void Every_flat_key_remembers_its_file_line_and_column()
    {
        using var written = Written.Yaml("server:\n  urls:\n    - http://a:1\n    - http://b:2\n");
        var provider = (Stagedoor.Host.Configuration.Files.SettingsProvider)written.Load().Source.Build(new Microsoft.Extensions.Configuration.ConfigurationBuilder());
        provider.Load();

        var origin = provider.OriginOf("server:urls:1").ShouldNotBeNull();
        (origin.Name, origin.Line, origin.Column, origin.Kind).ShouldBe(("stagedoor.yaml", 4, 7, OriginKind.File));
    }
}
